import { expect, test } from "bun:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Matchers of a bound, also within JSON, as `le=~"1|2.5"`. */
const MATCHERS = /\ble\s*(?:=~|!~|!=|=)\s*\\?["'`]([^"'`\\]*)/g;

/**
 * Integer bounds that PromQL asks for. The text page has `le="1"` and OpenMetrics `le="1.0"`, and so
 * has Prometheus from version 3 on whatever it scrapes: no such matcher finds both.
 */
function integerBounds(text: string): string[] {
  return [...text.matchAll(MATCHERS)]
    .filter(([, value = ""]) => value.split(/[|()]/).some((bound) => /^\d+(?:\.0)?$/.test(bound)))
    .map(([matcher]) => matcher);
}

async function sources(): Promise<string[]> {
  const found = await Promise.all(
    ["README.md", "CHANGELOG.md", ".github/**/*.{md,yml}", "scripts/**/*", "src/**/*"].map((glob) =>
      Array.fromAsync(new Bun.Glob(glob).scan({ cwd: root, dot: true })),
    ),
  );
  return found.flat().filter((path) => !/node_modules|\.(?:png|gz)$/.test(path));
}

test("no PromQL of ours matches an integer bound, which Prometheus 3 rewrites", async () => {
  const paths = await sources();
  expect(paths.length).toBeGreaterThan(100);
  for (const path of paths) {
    expect(integerBounds(await Bun.file(`${root}${path}`).text()), path).toEqual([]);
  }
});

test.each([
  'a_bucket{le="1"}',
  "a_bucket{le='10'}",
  'a_bucket{model="x",le=~"0.5|1"}',
  'a_bucket{le!="1.0"}',
  'a_bucket{ le = "60" }',
  String.raw`{"expr": "a_bucket{le=\"5\"}"}`,
])("the search finds %s", (text) => expect(integerBounds(text)).toHaveLength(1));

test.each(['a_bucket{le="0.5"}', 'a_bucket{le="+Inf"}', "sum by (le) (a_bucket)", 'title="1"'])(
  "the search passes over %s",
  (text) => expect(integerBounds(text)).toEqual([]),
);
