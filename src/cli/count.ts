import type { Source } from "../config.ts";
import { wrongValue } from "./wrong-value.ts";

/** So many models take some 1.5 million series, more than a Prometheus likes to scrape. */
const MOST = 10_000;

/** Reads a number of things; throws a usage error. */
export function parseCount(text: string, source: Source): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST) {
    throw wrongValue(source, text, "is not a number", `1 to ${MOST}`, "100");
  }
  return count;
}
