import { expect } from "bun:test";
import { testWith } from "../../support/test-with.ts";
import { chatted } from "../pages.ts";
import { useChromium } from "./browser.ts";
import { metricsPage, servePage } from "./served-page.ts";

const open = useChromium();
const inChromium = testWith("chromium");

/** As in a label of the exposition. */
const quoted = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  "\u202egnp.exe",
  `long-${"x".repeat(5000)}`,
  'two\nlines and "quotes" and \\',
  "{{constructor.constructor('alert(1)')()}}",
  "__proto__",
];

inChromium("hostile names are text, in every place that shows a name", async () => {
  let requests = 1;
  await using served = servePage(() => {
    requests++;
    const lines = HOSTILE.flatMap((name) => [
      ...chatted(quoted(name), requests, { "0.5": requests, "1.5": requests, "+Inf": requests }),
      `ollama_loaded_model_size_bytes{model="${quoted(name)}"} 1000`,
      `ollama_loaded_model_expiry_timestamp_seconds{model="${quoted(name)}"} +Inf`,
    ]);
    const text = [
      `ollama_version_info{version="<b>1</b>"} 1`,
      `ollama_request_failures_total{model="a",reason="<b>bad</b>"} 1`,
      `ollama_exporter_unmeasured_requests_total{api="<b>api</b>"} 1`,
      ...lines,
    ];
    return metricsPage(text.join("\n"));
  });
  await using opened = await open({ url: `${served.url}?every=1s`, width: 360 });
  const { page } = opened;
  await page.locator("#speed-plot canvas").waitFor();
  for (const table of ["#models", "#loaded"]) {
    const names = await page.locator(`${table} tbody bdi`).allTextContents();
    expect(names.toSorted()).toEqual(HOSTILE.toSorted());
    const titles = await page
      .locator(`${table} tbody bdi`)
      .evaluateAll((elements) => elements.map((element) => element.getAttribute("title")));
    expect(new Set(titles)).toEqual(new Set(HOSTILE));
  }
  expect(await page.locator("#speed-legend bdi").count()).toBe(5);
  expect(await page.locator("#plots-rest").textContent()).toContain("5 busiest models of 7");
  expect(await page.locator("#ollama-more").textContent()).toBe("version <b>1</b>");
  expect(await page.locator("main img, main script, main b").count()).toBe(0);
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths).toEqual([360, 360]);
  expect(opened.complaints()).toEqual([]);
});

inChromium("lines of metrics that are none at all break nothing", async () => {
  const pages = [
    "",
    "<html>",
    "\u0000\u0001",
    "ollama_up",
    "{}",
    'ollama_requests_total{model="a"} NaN',
  ];
  let asked = 0;
  await using served = servePage(() => metricsPage(pages[asked++ % pages.length] ?? ""));
  await using opened = await open({ url: `${served.url}?every=1s` });
  const { page } = opened;
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  await page.clock.install();
  await page.reload();
  for (let i = 0; i < pages.length; i++) {
    const answered = page.waitForResponse("**/metrics");
    await page.clock.runFor(1000);
    await answered;
  }
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  expect(opened.complaints()).toEqual([]);
});

inChromium("what is not the exporter's page of metrics is told, and asked for again", async () => {
  let page = '<html><form action="/login"></form></html>';
  await using served = servePage(() => new Response(page));
  await using opened = await open({ url: `${served.url}?every=1s` });
  const alert = opened.page.getByRole("alert");
  await alert.filter({ hasText: "is not the exporter's page of metrics" }).waitFor();
  expect(await opened.page.getByRole("status").textContent()).toBe("No figures");
  page = await metricsPage("ollama_up 1\n").text();
  await opened.page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  expect(await alert.count()).toBe(0);
});

inChromium("of a crowd of models the table shows those that are plotted", async () => {
  let scrapes = 0;
  await using served = servePage(() => {
    scrapes++;
    // The last of the table is the only one with traffic.
    const lines = Array.from({ length: 60 }, (_, i) => chatted(`m${i}`, i === 0 ? scrapes : 1000));
    return metricsPage(lines.flat().join("\n"));
  });
  await using opened = await open({ url: `${served.url}?every=1s` });
  const { page } = opened;
  await page.locator("#speed-legend bdi").waitFor();
  expect(await page.locator("#speed-legend bdi").allTextContents()).toEqual(["m0"]);
  expect(await page.locator("#models tbody bdi").first().textContent()).toBe("m0");
});

inChromium(
  "of a crowd of models the table shows the busiest and says how many more there are",
  async () => {
    const lines = Array.from({ length: 300 }, (_, i) => chatted(`m${i}`, i + 1)).flat();
    await using served = servePage(() => metricsPage(lines.join("\n")));
    await using opened = await open({ url: served.url });
    const { page } = opened;
    await page.locator("#models-more", { hasText: "250 more are on the metrics page." }).waitFor();
    const names = await page.locator("#models tbody bdi").allTextContents();
    expect(names).toEqual(Array.from({ length: 50 }, (_, i) => `m${299 - i}`));
  },
);
