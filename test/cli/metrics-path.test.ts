import { expect, test } from "bun:test";
import { parseMetricsPath } from "../../src/cli/metrics-path.ts";

test.each(["/metrics", "/m", "/exporter/metrics", "/metrics/", "/-metrics", "/m%20x", "/apis"])(
  "the path %j is taken as it is",
  (text) => {
    expect(parseMetricsPath(text, "--metrics-path")).toBe(text);
  },
);

test.each([
  ["", "does not start with a slash"],
  ["metrics", "does not start with a slash"],
  ["http://h/metrics", "does not start with a slash"],
  ["/", "is where Ollama itself answers"],
  ["/m?x", "has a query or a fragment"],
  ["/m#x", "has a query or a fragment"],
  ["/-", "is below /-/, where other pages are"],
  ["/-/metrics", "is below /-/, where other pages are"],
  ["/api/tags", "is one of Ollama's own"],
  ["/v1", "is one of Ollama's own"],
  ["//metrics", "is not a path as requests have it"],
  ["/a/../metrics", "is not a path as requests have it"],
  ["/me trics", "is not a path as requests have it"],
  ["/métrics", "is not a path as requests have it"],
  ["/a\\b", "is not a path as requests have it"],
])("the path %j is refused because it %s", (text, problem) => {
  expect(() => parseMetricsPath(text, "--metrics-path")).toThrow(
    `${problem}: use a path of its own, as in --metrics-path /exporter-metrics`,
  );
});
