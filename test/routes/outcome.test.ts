import { describe, expect, test } from "bun:test";
import { DONE_REASONS, type Ending, FAILURE_REASONS, type Outcome } from "../../src/exchange.ts";
import { type Ended, outcomeOf } from "../../src/routes/outcome.ts";

/** An answer of 200 without its final object that came to a clean end, but for what is said. */
const ended = (but: Partial<Ended>): Ended => ({
  ending: "complete",
  status: 200,
  answer: undefined,
  failed: false,
  unread: false,
  ...but,
});

const ENDINGS = ["complete", "client_abort", "upstream_unreachable", "truncated"] as const;

describe("a request with its final object is finished", () => {
  test.each([
    ["stop", "stop"],
    ["length", "length"],
    ["load", "load"],
    ["unload", "unload"],
    ["other", "other"],
    ["tool_calls", "other"],
    ["STOP", "other"],
    ["", "other"],
    ["__proto__", "other"],
  ] as const)("with the reason %j as %s", (doneReason, finished) => {
    expect(outcomeOf(ended({ answer: { doneReason } }))).toEqual({ finished });
  });

  test("without a reason as other", () => {
    expect(outcomeOf(ended({ answer: { total: 1 } }))).toEqual({ finished: "other" });
  });

  test.each(ENDINGS)("whatever happened after it, as %s", (ending) => {
    const answer = { doneReason: "stop" };
    for (const failed of [false, true]) {
      for (const unread of [false, true]) {
        const outcome = outcomeOf(ended({ ending, answer, failed, unread }));
        expect(outcome).toEqual({ finished: "stop" });
      }
    }
  });
});

describe("a status other than 200 is the outcome, however its answer ended", () => {
  test.each([
    [201, "unexpected_status"],
    [204, "unexpected_status"],
    [299, "unexpected_status"],
    [301, "unexpected_status"],
    [304, "unexpected_status"],
    [399, "unexpected_status"],
    [400, "upstream_4xx"],
    [404, "upstream_4xx"],
    [499, "upstream_4xx"],
    [500, "upstream_5xx"],
    [503, "upstream_5xx"],
    [599, "upstream_5xx"],
  ] as const)("%d is %s", (status, failed) => {
    for (const ending of ENDINGS) {
      expect(outcomeOf(ended({ status, ending }))).toEqual({ failed });
    }
  });
});

describe("an answer without its final object", () => {
  const FAILED = { failed: true };
  const UNREAD = { unread: true };
  test.each([
    ["client_abort", {}, { failed: "client_abort" }],
    ["client_abort", FAILED, { failed: "stream_error" }],
    ["client_abort", UNREAD, { failed: "client_abort" }],
    ["truncated", {}, { failed: "truncated" }],
    ["truncated", FAILED, { failed: "stream_error" }],
    ["truncated", UNREAD, { failed: "truncated" }],
    ["complete", {}, { failed: "truncated" }],
    ["complete", FAILED, { failed: "stream_error" }],
    // Nobody knows what was in it, and nothing says that it went wrong.
    ["complete", UNREAD, { finished: "other" }],
    ["complete", { ...FAILED, ...UNREAD }, { failed: "stream_error" }],
  ] as const)("that ended as %s, with %j, is %j", (ending, but, outcome) => {
    expect(outcomeOf(ended({ ending, ...but }))).toEqual(outcome);
  });
});

test.each(["client_abort", "upstream_unreachable"] as const)("no head at all is %s", (ending) => {
  expect(outcomeOf(ended({ ending, status: undefined }))).toEqual({ failed: ending });
});

test("every combination has exactly one outcome, and it is of the lists", () => {
  const flags = [false, true];
  const known = new Set<string>([...DONE_REASONS, ...FAILURE_REASONS]);
  for (const ending of ENDINGS as readonly Ending[]) {
    for (const status of [undefined, 200, 204, 302, 404, 500]) {
      for (const answer of [undefined, {}, { doneReason: "stop" }]) {
        for (const failed of flags) {
          for (const unread of flags) {
            const outcome: Outcome = outcomeOf({ ending, status, answer, failed, unread });
            const words = Object.values(outcome);
            expect(words.length).toBe(1);
            expect(known.has(words[0]!)).toBe(true);
          }
        }
      }
    }
  }
});
