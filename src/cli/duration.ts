import type { Source } from "../config.ts";
import { durationOf } from "../duration.ts";
import { wrongValue } from "./wrong-value.ts";

const LONGEST = 24 * 3_600_000;

/** Reads `0`, `500ms`, `25s` or `1m30s`, at most 24 hours. In milliseconds; throws a usage error. */
export function parseDuration(text: string, source: Source): number {
  const duration = durationOf(text);
  if (duration === undefined && /^\d+(?:\.\d+)?$/.test(text)) {
    throw wrongValue(source, text, "has no unit", "ms, s, m or h", "25s");
  }
  if (duration === undefined) {
    throw wrongValue(source, text, "is not a duration", "numbers with ms, s, m or h", "1m30s");
  }
  if (duration > LONGEST) throw wrongValue(source, text, "is too long", "at most 24h");
  return duration;
}
