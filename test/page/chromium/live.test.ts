import { expect } from "bun:test";
import { startSimulatedOllama } from "../../../scripts/simulated-ollama/server.ts";
import { testWith } from "../../support/test-with.ts";
import { useChromium } from "./browser.ts";
import { chat } from "./chat.ts";
import { startPagedExporter } from "./exporter.ts";

const open = useChromium();
const inChromium = testWith("chromium");

const LLAMA = "llama3.2:latest";

/** An exporter in front of an Ollama that waits for nothing. */
async function start() {
  await using started = new AsyncDisposableStack();
  const ollama = startSimulatedOllama({ pace: 0 });
  started.defer(ollama.stop);
  const exporter = started.use(await startPagedExporter(ollama.url));
  const running = started.move();
  return { ...exporter, ollama, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

inChromium("before the first chat the page says which address clients have to use", async () => {
  await using exporter = await start();
  await using opened = await open({ url: exporter.page });
  const { page } = opened;
  await page.getByRole("heading", { name: "No request has been measured yet" }).waitFor();
  expect(await page.locator("#address").textContent()).toBe(exporter.url);
  await page.locator("#ollama", { hasText: "Up" }).waitFor();
  expect(await page.locator("#ollama-more").textContent()).toBe("version 0.24.0");
  expect(await page.getByRole("heading", { name: "pass unmeasured" }).count()).toBe(0);

  await chat(exporter.url, LLAMA);
  await page.locator("#requests", { hasText: /^1$/ }).waitFor();
  expect(await page.getByRole("heading", { name: "No request" }).count()).toBe(0);
  expect(opened.complaints()).toEqual([]);
});

inChromium("it says which APIs pass unmeasured and which flag measures them", async () => {
  await using exporter = await start();
  await using opened = await open({ url: exporter.page });
  const { page } = opened;
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  for (const path of ["/v1/chat/completions", "/api/generate", "/v1/completions"]) {
    const body = JSON.stringify({ model: LLAMA, prompt: "a", messages: [] });
    await (await fetch(`${exporter.url}${path}`, { method: "POST", body })).text();
  }
  await page.getByRole("heading", { name: "Some requests pass unmeasured" }).waitFor();
  await page
    .locator("#unmeasured", { hasText: "1 in the generate API, 2 in the openai API" })
    .waitFor();
  expect(await page.locator("#observe").textContent()).toBe("--observe chat,generate,openai");
});

inChromium("what has been counted before shows at once", async () => {
  await using exporter = await start();
  for (let i = 0; i < 3; i++) await chat(exporter.url, LLAMA);
  await chat(exporter.url, "absent");
  await using opened = await open({ url: exporter.page.replace("1s", "60s") });
  const { page } = opened;
  await page.locator("#requests", { hasText: /^4$/ }).waitFor();
  expect(await page.locator("#requests-more").textContent()).toStartWith(
    "3 finished, 1 failed, since ",
  );
  expect(await page.locator("#speed-more").textContent()).toBe("since start");
  expect(await page.locator("#speed").textContent()).toMatch(/^\d+\.\d tokens\/s$/);
  expect(await page.locator("#first-token").textContent()).toMatch(/ ms$/);
  expect(await page.locator("#failures tbody").textContent()).toContain("upstream_4xx");
  expect(await page.locator("#time tbody").textContent()).toMatch(/generation.*\d+ %/);
  const loaded = page.locator("#loaded tbody tr");
  expect(await loaded.getByRole("rowheader").allTextContents()).toEqual([LLAMA]);
  expect((await loaded.getByRole("cell").allTextContents()).join()).toBe(
    "2.8 GB,100 %,4,096 tokens,in 5 min",
  );
  expect(opened.complaints()).toEqual([]);
});

inChromium("figures, plots and tables follow the traffic", async () => {
  await using exporter = await start();
  await using opened = await open({ url: exporter.page });
  const { page } = opened;
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  expect(await page.locator(".plot canvas").count()).toBe(0);

  for (const model of [LLAMA, "qwen3:8b", LLAMA]) await chat(exporter.url, model);
  await page.locator("#requests", { hasText: /^3$/ }).waitFor();
  await page.locator("#speed-more", { hasText: "last 5 min" }).waitFor();
  const models = page.locator("#models tbody");
  expect(await models.getByRole("rowheader").allTextContents()).toEqual([LLAMA, "qwen3:8b"]);
  for (const name of ["Tokens per second", "Time to first token"]) {
    const plot = page.getByRole("img", { name });
    expect(await plot.locator("canvas").isVisible()).toBe(true);
    const words = await plot.evaluate((element) =>
      element
        .getAttribute("aria-labelledby")!
        .split(" ")
        .map((id) => document.getElementById(id)!.textContent)
        .join(" "),
    );
    expect(words).toContain(LLAMA);
    expect(words).toContain("qwen3:8b");
  }
  await chat(exporter.url, LLAMA);
  await page.locator("#requests", { hasText: /^4$/ }).waitFor();
  expect(opened.complaints()).toEqual([]);
});

inChromium("an Ollama that is down is told, and that it is back", async () => {
  await using exporter = await start();
  await using opened = await open({ url: exporter.page });
  const { page } = opened;
  await page.locator("#ollama", { hasText: "Up" }).waitFor();
  const { port } = exporter.ollama;
  await exporter.ollama.stop();
  await page.locator("#ollama", { hasText: "Down" }).waitFor();
  const again = startSimulatedOllama({ pace: 0, port });
  try {
    await page.locator("#ollama", { hasText: "Up" }).waitFor();
  } finally {
    await again.stop();
  }
});
