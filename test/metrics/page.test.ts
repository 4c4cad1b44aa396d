import { expect, test } from "bun:test";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { filledMetrics } from "../support/filled-metrics.ts";
import { stablePage } from "../support/stable-page.ts";

const PAGE = new URL("../fixtures/metrics.txt", import.meta.url);

test("the page is the one in the fixture, to the byte", async () => {
  const { text } = await filledMetrics().exposition();
  expect(stablePage(text)).toBe(await Bun.file(PAGE).text());
});

test("the page has the content type of Prometheus' text format", async () => {
  const { contentType } = await filledMetrics().exposition();
  expect(contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
});

test("the page is the same when it is read again", async () => {
  const metrics = filledMetrics();
  const first = await metrics.exposition();
  const second = await metrics.exposition();
  expect(stablePage(second.text)).toBe(stablePage(first.text));
});

test("two sets of metrics share nothing", async () => {
  filledMetrics();
  const { text } = await createMetrics({ runtime: "x", maxModels: 100 }).exposition();
  expect(text).not.toContain("llama3.2");
});
