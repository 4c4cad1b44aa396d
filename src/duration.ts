const UNITS = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** The milliseconds of `0`, `500ms`, `25s` or `1m30s`; undefined for what is no duration. */
export function durationOf(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smh]))+$/.test(text)) return undefined;
  let duration = 0;
  for (const [, amount, unit = ""] of text.matchAll(/([\d.]+)([a-z]+)/g)) {
    duration += Number(amount) * (UNITS.get(unit) ?? 0);
  }
  return Math.round(duration);
}
