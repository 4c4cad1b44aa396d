import { expect } from "bun:test";
import { startSimulatedOllama } from "../../../scripts/simulated-ollama/server.ts";
import { startExporter } from "../../support/exporter.ts";
import { testWith } from "../../support/test-with.ts";
import { HASH, webConfigStage } from "../../web-config/stage.ts";
import { useChromium } from "./browser.ts";

const open = useChromium();
const inChromium = testWith("chromium");

inChromium("on a listener of its own the page says where clients connect instead", async () => {
  await using started = new AsyncDisposableStack();
  const ollama = startSimulatedOllama({ pace: 0 });
  started.defer(ollama.stop);
  const args = ["--metrics-listen", "127.0.0.1:0", "--metrics-path", "/figures", "--observe", "all"];
  const exporter = started.use(await startExporter({ upstream: ollama.url, args }));
  const [, own] = await exporter.says(/the live page is at (http:\S+)/);
  const { page, complaints } = started.use(await open({ url: own! }));
  await page.locator("#ollama", { hasText: "Up" }).waitFor();
  expect(await page.locator("#address").textContent()).toBe(exporter.url);
  expect(await page.locator("#metrics").getAttribute("href")).toBe("/figures");
  expect(complaints()).toEqual([]);
});

inChromium("behind a password the page works with the one that it was opened with", async () => {
  await using started = new AsyncDisposableStack();
  const ollama = startSimulatedOllama({ pace: 0 });
  started.defer(ollama.stop);
  const config = started.use(await webConfigStage(`basic_auth_users:\n  reader: ${HASH}\n`));
  const args = ["--web-config-file", config.file.path];
  const exporter = started.use(await startExporter({ upstream: ollama.url, args }));
  const url = `${exporter.url.replace("//", "//reader:secret@")}/-/`;
  const { page } = started.use(await open({ url }));
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  await page.locator("#ollama", { hasText: "Up" }).waitFor();
});
