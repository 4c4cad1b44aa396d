import { describe, expect, test } from "bun:test";
import { createExpositionReader } from "../../src/page/browser/exposition.ts";
import { NAMES } from "../../src/page/browser/names.ts";
import { filledMetrics } from "../support/filled-metrics.ts";
import { parseExposition } from "../support/exposition.ts";

const read = createExpositionReader(new Set(["a", "b"]));

/** The labels and the value of the one sample of a line. */
function sampleOf(line: string): unknown {
  const [sample] = read(line).get("a") ?? [];
  return sample && [Object.fromEntries(sample.labels), sample.value];
}

test("every sample of the exporter's page that is asked for is read, with its value", async () => {
  const { text } = await filledMetrics().exposition();
  const families = createExpositionReader(NAMES)(text);
  const samples = [...families.values()].flat();
  const wanted = [...parseExposition(text)].filter(([series]) =>
    NAMES.has(/^\w+/.exec(series)![0]),
  );
  expect(wanted.length).toBeGreaterThan(100);
  expect(new Map(samples.map(({ series, value }) => [series, value]))).toEqual(new Map(wanted));
});

describe("a line is read", () => {
  test.each([
    ["without labels", "a 1", {}, 1],
    ["with empty labels", "a{} 1", {}, 1],
    ["with labels", 'a{x="1",y="2"} 3', { x: "1", y: "2" }, 3],
    ["with a comma at the end and spaces", 'a{x="1", y="2",} 3', { x: "1", y: "2" }, 3],
    ["with a timestamp", "a 1 1395066363000", {}, 1],
    ["with an infinite value", "a +Inf", {}, Infinity],
    ["with a value that is none", "a NaN", {}, Number.NaN],
    ["with an exponent", "a -1.5e-3", {}, -0.0015],
    ["with escapes", String.raw`a{x="\\ \" \n"} 1`, { x: '\\ " \n' }, 1],
    ["with braces and more in a label", 'a{x="} 5, y=\\"{"} 1', { x: '} 5, y="{' }, 1],
    [
      "with markup in a label",
      'a{x="<img src=x onerror=alert(1)>"} 1',
      { x: "<img src=x onerror=alert(1)>" },
      1,
    ],
    [
      "with a label of any name",
      'a{__proto__="1",constructor="2"} 1',
      JSON.parse('{"__proto__":"1","constructor":"2"}'),
      1,
    ],
  ])("%s", (_, line, labels, value) => {
    expect(sampleOf(line)).toEqual([labels, value]);
  });
});

describe("a line that cannot be read is left out, and the others are not", () => {
  test.each([
    "a",
    "a x",
    "a 1 2 3",
    "a 0x10",
    "a 1_000",
    "a{ 1",
    "a} 1",
    'a{x="1} 1',
    "a{x=1} 1",
    'a{x="1"y="2"} 1',
    'a{"x"="1"} 1',
    "# a 1",
    " a 1",
    "aa 1",
    "a\u0000 1",
    "<html>a 1</html>",
  ])("%j", (line) => {
    const families = read(`b 1\n${line}\nb 2`);
    expect(families.get("a")).toBeUndefined();
    expect(families.get("b")?.map(({ value }) => value)).toEqual([1, 2]);
  });
});

test("a long hostile line takes no time worth mentioning", () => {
  const began = performance.now();
  for (const piece of ['x="', "\\", '"}', " ", "{", 'x="1",']) read(`a{${piece.repeat(100_000)}`);
  expect(performance.now() - began).toBeLessThan(2000);
});

test("what a page shares with the one before is not kept twice", () => {
  const [before] = read('a{x="1"} 1').get("a")!;
  const [now] = read('a{x="1"} 2').get("a")!;
  expect(now!.labels).toBe(before!.labels);
});
