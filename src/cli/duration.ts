import type { Source } from "../config.ts";
import { wrongValue } from "./wrong-value.ts";

const HOUR = 3_600_000;
const LONGEST = 24 * HOUR;

const UNITS = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", HOUR],
]);

/** Reads `0`, `500ms`, `25s` or `1m30s`, at most 24 hours. In milliseconds; throws a usage error. */
export function parseDuration(text: string, source: Source): number {
  if (text === "0") return 0;
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    throw wrongValue(source, text, "has no unit", "ms, s, m or h", "25s");
  }
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smh]))+$/.test(text)) {
    throw wrongValue(source, text, "is not a duration", "numbers with ms, s, m or h", "1m30s");
  }
  let duration = 0;
  for (const [, amount, unit = ""] of text.matchAll(/([\d.]+)([a-z]+)/g)) {
    duration += Number(amount) * (UNITS.get(unit) ?? 0);
  }
  if (duration > LONGEST) throw wrongValue(source, text, "is too long", "at most 24h");
  return Math.round(duration);
}
