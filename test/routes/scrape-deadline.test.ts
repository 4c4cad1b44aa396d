import { expect, test } from "bun:test";
import { scrapeDeadline } from "../../src/routes/scrape-deadline.ts";

test.each([
  ["10", 2000],
  ["2.5", 2000],
  ["2", 1500],
  ["1.25", 750],
  ["0.6", 100],
  ["0.5", 100],
  ["0", 100],
  ["000001", 500],
  ["9".repeat(400), 2000],
])("A scrape that may take %s s leaves %d ms for Ollama", (timeout, milliseconds) => {
  expect(scrapeDeadline(timeout)).toBe(milliseconds);
});

test.each([[null], [""], ["soon"], ["-1"], ["1e-9"], ["0x1"], ["NaN"], ["Infinity"], ["1, 1"]])(
  "A scrape that may take %j leaves what is usual",
  (timeout) => {
    expect(scrapeDeadline(timeout)).toBe(2000);
  },
);
