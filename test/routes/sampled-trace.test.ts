import { describe, expect, test } from "bun:test";
import { sampledTrace } from "../../src/routes/sampled-trace.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";

describe("a sampled traceparent gives its trace", () => {
  test.each([
    ["sampled alone", `00-${TRACE}-${PARENT}-01`],
    ["sampled among other flags", `00-${TRACE}-${PARENT}-03`],
    ["sampled with all flags", `00-${TRACE}-${PARENT}-ff`],
    ["of a later version", `01-${TRACE}-${PARENT}-01`],
    ["of a later version with more fields", `cc-${TRACE}-${PARENT}-01-what-ever`],
    ["of the last version that may be", `fe-${TRACE}-${PARENT}-01`],
  ])("%s", (_, traceparent) => {
    expect(sampledTrace(traceparent)).toBe(TRACE);
  });

  test("with zeros in the trace and in its parent, if they are not all", () => {
    const trace = `${"0".repeat(31)}1`;
    expect(sampledTrace(`00-${trace}-${"0".repeat(15)}1-01`)).toBe(trace);
  });
});

test.each(["00", "02", "fe", "10"])("nobody keeps a trace with the flags %s", (flags) => {
  expect(sampledTrace(`00-${TRACE}-${PARENT}-${flags}`)).toBeUndefined();
});

describe("what is no traceparent gives none", () => {
  test.each([
    ["no field", null],
    ["an empty field", ""],
    ["the version ff", `ff-${TRACE}-${PARENT}-01`],
    ["a version of one digit", `0-${TRACE}-${PARENT}-01`],
    ["no version", `${TRACE}-${PARENT}-01`],
    ["a trace of zeros", `00-${"0".repeat(32)}-${PARENT}-01`],
    ["a parent of zeros", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["upper case in the trace", `00-${TRACE.toUpperCase()}-${PARENT}-01`],
    ["upper case in the parent", `00-${TRACE}-${PARENT.toUpperCase()}-01`],
    ["upper case in the flags", `00-${TRACE}-${PARENT}-0B`],
    ["a trace that is short", `00-${TRACE.slice(1)}-${PARENT}-01`],
    ["a trace that is long", `00-${TRACE}0-${PARENT}-01`],
    ["a parent that is short", `00-${TRACE}-${PARENT.slice(1)}-01`],
    ["letters that are no digits", `00-${TRACE.replace("4", "g")}-${PARENT}-01`],
    ["no flags", `00-${TRACE}-${PARENT}`],
    ["flags of one digit", `00-${TRACE}-${PARENT}-1`],
    ["flags that go on", `00-${TRACE}-${PARENT}-012`],
    ["spaces before it", ` 00-${TRACE}-${PARENT}-01`],
    ["two in one field", `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`],
    ["a quote to break out of a label", `00-${TRACE}"-${PARENT}-01`],
    ["something endless", "0-".repeat(1_000_000)],
  ])("%s", (_, traceparent) => {
    expect(sampledTrace(traceparent)).toBeUndefined();
  });

  test("more fields in version 00, which has none", () => {
    expect(sampledTrace(`00-${TRACE}-${PARENT}-01-more`)).toBeUndefined();
  });
});
