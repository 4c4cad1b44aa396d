import { expect } from "bun:test";
import { testWith } from "../../support/test-with.ts";
import { fullPage } from "../../support/full-page.ts";
import { chatted } from "../pages.ts";
import { faultsOf } from "./axe.ts";
import { useChromium } from "./browser.ts";
import { servePage } from "./served-page.ts";

const open = useChromium();
const inChromium = testWith("chromium");

/** Metrics of which all is filled, and more at every scrape. */
async function full(): Promise<() => Response> {
  const page = await fullPage();
  let requests = 0;
  return () => {
    requests++;
    const buckets = { "0.5": requests, "+Inf": requests };
    const failed = `ollama_request_failures_total{model="a",reason="truncated"} ${requests}`;
    const passed = `ollama_exporter_unmeasured_requests_total{api="openai"} ${requests}`;
    return new Response(
      [page, failed, passed, ...chatted("a:latest", requests, buckets)].join("\n"),
    );
  };
}

const LOOKS = [
  { name: "light", dark: false, width: 1200 },
  { name: "dark", dark: true, width: 1200 },
  { name: "light on a phone", dark: false, width: 360 },
  { name: "dark on a phone", dark: true, width: 360 },
];

for (const { name, ...look } of LOOKS) {
  inChromium(`the page has no fault that a machine can find by WCAG 2.2 AA, ${name}`, async () => {
    await using served = servePage(await full());
    await using opened = await open({ url: `${served.url}?every=1s`, ...look });
    const { page } = opened;
    await page.locator("#speed-plot canvas").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths).toEqual([look.width, look.width]);
  });
}

inChromium(
  "everything that can be used can be reached with the keyboard, in the order of the page",
  async () => {
    await using served = servePage(await full());
    await using opened = await open({ url: served.url });
    const { page } = opened;
    await page.locator("#models tbody tr").first().waitFor();
    const reached: string[] = [];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      reached.push(
        await focused.evaluate(
          (element) => element.getAttribute("aria-label") ?? element.textContent,
        ),
      );
      const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline).toBe("solid");
    }
    expect(reached).toEqual([
      "Skip to the figures",
      "Pause",
      "Table of models",
      "Table of models in memory",
      "/metrics",
    ]);
  },
);

inChromium("the page is paused, resumed and skipped through with keys alone", async () => {
  await using served = servePage(await full());
  await using opened = await open({ url: served.url });
  const { page } = opened;
  const state = page.getByRole("status");
  await state.filter({ hasText: "Live" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.locator(":focus").getAttribute("id")).toBe("figures");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await state.filter({ hasText: "Paused" }).waitFor();
  await page.keyboard.press("Space");
  await state.filter({ hasText: "Live" }).waitFor();
  expect(opened.complaints()).toEqual([]);
});

inChromium(
  "what changes at each scrape is not read out, and a row stays the same row",
  async () => {
    await using served = servePage(await full());
    await using opened = await open({ url: `${served.url}?every=1s` });
    const { page } = opened;
    const row = page.locator("#models tbody tr", { hasText: "a:latest" }).getByRole("rowheader");
    await page.locator("#speed-plot canvas").waitFor();
    await row.evaluate((element) => element.setAttribute("data-mine", ""));
    const requests = await page.locator("#requests").textContent();
    await page.locator("#requests").filter({ hasNotText: requests! }).waitFor();
    expect(await row.getAttribute("data-mine")).toBe("");
    const live = page.locator("[aria-live], [role=status], [role=alert]");
    expect(await live.allTextContents()).toEqual(["Live", ""]);
  },
);

inChromium("nothing moves for readers who want less motion", async () => {
  await using served = servePage(await full());
  await using opened = await open({ url: served.url });
  const { page } = opened;
  const transition = () =>
    page
      .locator("#stack > span")
      .first()
      .evaluate((element) => getComputedStyle(element).transitionDuration);
  expect(await transition()).not.toBe("0s");
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await transition()).toBe("0s");
});
