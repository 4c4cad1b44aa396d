import { expect, test } from "bun:test";
import { checkOpenMetrics } from "./openmetrics-checker.ts";

const TIME = (Date.now() / 1000).toFixed(3);

const PAGE = `# TYPE a_seconds histogram
# UNIT a_seconds seconds
# HELP a_seconds With \\"quotes\\" and a \\\\.
a_seconds_bucket{le="0.5",model="x"} 1 # {trace_id="0af7"} 0.25 ${TIME}
a_seconds_bucket{le="1.0",model="x"} 1
a_seconds_bucket{le="+Inf",model="x"} 2
a_seconds_sum{model="x"} 3.5e+1
a_seconds_count{model="x"} 2
# TYPE b counter
# HELP b Some.
b_total{model="x"} 1
b_total{model="y"} 0
# TYPE c gauge
# HELP c Some.
c -Inf
# TYPE d info
# HELP d Some.
d_info{version="1"} 1
# EOF
`;

test("A page as the specification has it is read whole", () => {
  const families = checkOpenMetrics(PAGE);
  expect(families.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "a_seconds histogram",
    "b counter",
    "c gauge",
    "d info",
  ]);
  const [bucket] = families[0]?.samples ?? [];
  expect(bucket?.exemplar).toEqual({
    labels: new Map([["trace_id", "0af7"]]),
    value: 0.25,
    timestamp: Number(TIME),
  });
});

test.each([
  ["without EOF", "# EOF\n", ""],
  ["with a line after EOF", "# EOF\n", "# EOF\n\n"],
  ["with a blank line", "# TYPE b", "\n# TYPE b"],
  ["with a blank line before EOF", "# EOF", "\n# EOF"],
  ["with a comment", "# TYPE b", "# b\n# TYPE b"],
  ["with a bare quote in a help text", '\\"quotes', '"quotes'],
  [
    "with the suffix in a counter's name",
    "# TYPE b counter\n# HELP b",
    "# TYPE b_total counter\n# HELP b_total",
  ],
  ["with a counter without suffix", "b_total{model", "b{model"],
  ["with a type of the text format", "c gauge", "c untyped"],
  [
    "with a gauge that looks like an info",
    "c gauge\n# HELP c Some.\nc ",
    "c_info gauge\n# HELP c_info Some.\nc_info ",
  ],
  ["with an info that is not 1", '"1"} 1', '"1"} 2'],
  ["with a unit that is not in the name", "UNIT a_seconds seconds", "UNIT a_seconds bytes"],
  [
    "with the unit after the help",
    "# UNIT a_seconds seconds\n# HELP a_seconds",
    "# HELP a_seconds More.\n# UNIT a_seconds seconds\n# HELP a_seconds",
  ],
  ["with an integer bound", 'le="1.0"', 'le="1"'],
  ["with bounds out of order", 'le="1.0"', 'le="0.25"'],
  ["without +Inf", 'a_seconds_bucket{le="+Inf",model="x"} 2\n', ""],
  ["with falling buckets", '"1.0",model="x"} 1', '"1.0",model="x"} 0'],
  ["with a count of its own", 'a_seconds_count{model="x"} 2', 'a_seconds_count{model="x"} 3'],
  ["without a sum", 'a_seconds_sum{model="x"} 3.5e+1\n', ""],
  ["with a series twice", 'b_total{model="y"}', 'b_total{model="x"}'],
  ["with a label twice", 'b_total{model="y"}', 'b_total{model="y",model="y"}'],
  ["with a family twice", "# TYPE d info\n# HELP d", "# TYPE b info\n# HELP b"],
  ["with a negative counter", 'b_total{model="y"} 0', 'b_total{model="y"} -1'],
  ["with a number that is none", 'b_total{model="y"} 0', 'b_total{model="y"} 0x1'],
  ["with an exemplar in the wrong bucket", "0.25 ", "0.75 "],
  ["with an exemplar in milliseconds", TIME, `${Date.now()}`],
  ["with an exemplar that is too long", "0af7", "0".repeat(121)],
  ["with an exemplar at a sum", "3.5e+1", '3.5e+1 # {trace_id="0af7"} 1'],
])("A page %s is refused", (_, part, instead) => {
  const page = PAGE.replace(part, () => instead);
  expect(page).not.toBe(PAGE);
  expect(() => checkOpenMetrics(page)).toThrow();
});
