/**
 * `bun scripts/screenshot.ts`: makes `.github/live-page.png`, the README's picture of the live page, under
 * some minutes of demo traffic. Needs Chromium.
 */
import { runCommand } from "./command/run-command.ts";
import { ROOT } from "./build/root.ts";
import { startExporter } from "./demo/exporter.ts";
import { freePort } from "./demo/free-port.ts";
import { clearProxyVariables } from "./demo/proxy-variables.ts";
import { chatOn } from "./demo/traffic.ts";
import { launchChromium } from "./screenshot/chromium.ts";
import { failOn } from "./screenshot/failures.ts";
import { startSimulatedOllama } from "./simulated-ollama/server.ts";

const USAGE = `bun scripts/screenshot.ts

  Makes .github/live-page.png, the README's picture of the live page. Takes four minutes.`;

const MINUTES = 4;
const CLIENTS = 3;
const FIRST_PORT = 8000;

await runCommand({ name: "screenshot", usage: USAGE }, async () => {
  clearProxyVariables();
  await using started = new AsyncDisposableStack();
  const ollama = startSimulatedOllama({ pace: 0.6, parallel: 2 });
  started.defer(ollama.stop);
  const port = await freePort(FIRST_PORT);
  const exporter = startExporter(ollama.url, port);
  started.defer(exporter.stop);
  await exporter.listening;
  const url = `http://127.0.0.1:${port}`;

  const browser = await launchChromium();
  started.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(`${url}/-/?every=2s`);
  const over = new AbortController();
  const clients = Array.from({ length: CLIENTS }, () => chatOn(url, over.signal));
  const traffic = Promise.all([...clients, failOn(url, over.signal)]);
  await Promise.race([Bun.sleep(MINUTES * 60_000), traffic]);
  await page.screenshot({ path: `${ROOT}.github/live-page.png`, fullPage: true });
  over.abort();
  await traffic;
});
