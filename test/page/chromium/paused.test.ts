import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { testWith } from "../../support/test-with.ts";
import { useChromium } from "./browser.ts";
import { metricsPage, servePage } from "./served-page.ts";

const open = useChromium();
const inChromium = testWith("chromium");

/** An open page whose time passes only when it is told to, and how often it has asked. */
async function start() {
  await using started = new AsyncDisposableStack();
  let asked = 0;
  const served = started.use(
    servePage(() => {
      asked++;
      return metricsPage("ollama_up 1\n");
    }),
  );
  const { page } = started.use(await open({ url: served.url }));
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  await page.clock.install();
  await page.reload();
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  const running = started.move();
  return {
    page,
    /** As often as it has asked when everything that is on its way has arrived. */
    async asked() {
      await page.evaluate(async () => void (await (await fetch("/-/")).text()));
      return asked;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Lets so many seconds pass, with the next question in them. */
async function untilAsked(page: Page, seconds: number): Promise<void> {
  const answered = page.waitForResponse("**/metrics");
  await page.clock.runFor(seconds * 1000);
  await answered;
}

/** Says whether the page can be seen, as a browser does when a tab is left or come back to. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

inChromium("the metrics are asked for every five seconds", async () => {
  await using stage = await start();
  const { page, asked } = stage;
  await untilAsked(page, 5);
  const before = await asked();
  await page.clock.runFor(4500);
  expect(await asked()).toBe(before);
  await untilAsked(page, 0.5);
  expect(await asked()).toBe(before + 1);
});

inChromium("nothing is asked while the reader has paused the page", async () => {
  await using stage = await start();
  const { page, asked } = stage;
  await untilAsked(page, 5);
  await page.getByRole("button", { name: "Pause" }).click();
  expect(await page.getByRole("status").textContent()).toBe("Paused");
  const before = await asked();
  await page.clock.runFor(600_000);
  expect(await asked()).toBe(before);
  await page.getByRole("button", { name: "Resume" }).click();
  await untilAsked(page, 0.1);
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
});

inChromium("nothing is asked while the page cannot be seen, and at once when it can", async () => {
  await using stage = await start();
  const { page, asked } = stage;
  await untilAsked(page, 5);
  await setHidden(page, true);
  const before = await asked();
  await page.clock.runFor(600_000);
  expect(await asked()).toBe(before);
  await setHidden(page, false);
  await untilAsked(page, 0.1);
  expect(await asked()).toBe(before + 1);
});
