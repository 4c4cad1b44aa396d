import { expect, test } from "bun:test";
import { parseExposition } from "./support/exposition.ts";
import { fullPage } from "./support/full-page.ts";

const readme = await Bun.file(new URL("../README.md", import.meta.url)).text();

/** The old names and the new ones, row by row. */
const ROWS = [
  ...readme.matchAll(/^\| `(ollama_\w+)` \((?:frcooper|Norsk).*?\) *\| ([^|]+)\|/gm),
].map(([, old = "", now = ""]) => ({ old, now: now.match(/ollama_\w+/g) ?? [] }));

test("Every old metric that the README maps is gone, and leads to one that is there", async () => {
  const page = await fullPage();
  const types = [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const series = [...parseExposition(page).keys()].map((one) => one.split("{")[0]);
  expect(ROWS).toHaveLength(9);
  for (const { old, now } of ROWS) {
    expect(series).not.toContain(old);
    expect(types).not.toContain(old);
    expect(now).toHaveLength(1);
    expect(types).toContain(now[0]);
  }
});
