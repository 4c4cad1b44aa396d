/**
 * `bun run demo`: the exporter in front of a simulated Ollama, with a little chat traffic, until
 * Ctrl-C. Needs no Ollama and disturbs none.
 */
import { chatOn } from "./demo/traffic.ts";
import { startExporter } from "./demo/exporter.ts";
import { freePort } from "./demo/free-port.ts";
import { clearProxyVariables } from "./demo/proxy-variables.ts";
import { summary } from "./demo/summary.ts";
import { startSimulatedOllama } from "./simulated-ollama/server.ts";

const FIRST_PORT = 8000;
const SUMMARY_EVERY_MS = 5000;

clearProxyVariables();
const ollama = startSimulatedOllama();
const port = await freePort(FIRST_PORT);
const url = `http://127.0.0.1:${port}`;
const exporter = startExporter(ollama.url, port);
const over = new AbortController();
const interrupted = Promise.withResolvers<string>();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => interrupted.resolve(""));

async function printSummary(): Promise<void> {
  const page = await fetch(`${url}/metrics`, { signal: over.signal });
  console.log(`${new Date().toLocaleTimeString("en-GB")}  ${summary(await page.text())}`);
}

let failure = "";
try {
  await Promise.race([exporter.listening, interrupted.promise]);
  console.log(`
ollama-exporter demo: the Ollama behind it is SIMULATED. No model runs and no GPU is used;
the figures are made up at the pace of a small model.

  Live page:         ${url}/-/
  Metrics:           ${url}/metrics
  Clients:           ${url}       (instead of http://127.0.0.1:11434)
  Simulated Ollama:  ${ollama.url}

Ask it something:

  curl ${url}/api/chat -d '{"model":"llama3.2","messages":[{"role":"user","content":"Hello"}]}'

Let Prometheus scrape it, in prometheus.yml:

  scrape_configs:
    - job_name: ollama
      static_configs:
        - targets: ["127.0.0.1:${port}"]

Every few seconds, what the metrics say (Ctrl-C ends the demo):
`);
  const timer = setInterval(() => void printSummary().catch(() => {}), SUMMARY_EVERY_MS);
  const traffic = chatOn(url, over.signal).then(() => "", String);
  failure = await Promise.race([interrupted.promise, exporter.ended, traffic]);
  clearInterval(timer);
} catch (error) {
  failure = String(error);
}
over.abort();
await Promise.all([exporter.stop(), ollama.stop()]);
if (failure !== "") console.error(`the demo failed: ${failure}`);
process.exit(failure === "" ? 0 : 1);
