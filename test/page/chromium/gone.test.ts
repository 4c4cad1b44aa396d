import { expect } from "bun:test";
import { startSimulatedOllama } from "../../../scripts/simulated-ollama/server.ts";
import { testWith } from "../../support/test-with.ts";
import { useChromium } from "./browser.ts";
import { chat } from "./chat.ts";
import { startPagedExporter } from "./exporter.ts";
import { metricsPage, servePage } from "./served-page.ts";

const open = useChromium();
const inChromium = testWith("chromium");

const LLAMA = "llama3.2:latest";

inChromium(
  "an exporter that is gone is told with the time, and its restart counts from 0",
  async () => {
    await using started = new AsyncDisposableStack();
    const ollama = startSimulatedOllama({ pace: 0 });
    started.defer(ollama.stop);
    const first = started.use(await startPagedExporter(ollama.url));
    for (let i = 0; i < 5; i++) await chat(first.url, LLAMA);
    const { page, complaints } = started.use(await open({ url: first.page }));
    await page.locator("#requests", { hasText: /^5$/ }).waitFor();

    await first[Symbol.asyncDispose]();
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: /has not answered since \d\d:\d\d:\d\d/ }).waitFor();
    expect(await page.getByRole("status").textContent()).toBe("No figures");
    // What it said last stays.
    expect(await page.locator("#requests").textContent()).toBe("5");

    const second = started.use(await startPagedExporter(ollama.url, { port: first.port }));
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
    expect(await alert.count()).toBe(0);
    await page.locator("#requests", { hasText: /^0$/ }).waitFor();
    await chat(second.url, LLAMA);
    await page.locator("#requests", { hasText: /^1$/ }).waitFor();
    await page.locator("#speed-more", { hasText: "last 5 min" }).waitFor();
    expect(await page.locator("main").textContent()).not.toMatch(/-\d|NaN|Infinity|undefined/);
    const others = complaints().filter((text) => !text.includes("ERR_CONNECTION_REFUSED"));
    expect(others).toEqual([]);
  },
);

inChromium(
  "metrics behind a password are told, and are not asked for again and again",
  async () => {
    let asked = 0;
    let denies = true;
    await using served = servePage(() => {
      asked++;
      return denies ? new Response("", { status: 401 }) : metricsPage("ollama_up 1\n");
    });
    await using opened = await open({ url: `${served.url}?every=1s` });
    const { page } = opened;
    await page.getByRole("alert").filter({ hasText: "behind a password (401)" }).waitFor();
    expect(asked).toBe(1);
    denies = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  },
);

inChromium(
  "a page of metrics that fails is told with its status, and is asked for again",
  async () => {
    let fails = true;
    await using served = servePage(() =>
      fails ? new Response("no", { status: 503 }) : metricsPage("ollama_up 1\n"),
    );
    await using opened = await open({ url: `${served.url}?every=1s` });
    const { page } = opened;
    await page.getByRole("alert").filter({ hasText: "has answered 503 since" }).waitFor();
    fails = false;
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  },
);
