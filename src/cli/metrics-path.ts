import type { Source } from "../config.ts";
import { wrongValue } from "./wrong-value.ts";

/** Reads the path of the exposition, as requests have it; throws a usage error. */
export function parseMetricsPath(text: string, source: Source): string {
  const wrong = (problem: string): Error =>
    wrongValue(source, text, problem, "a path of its own", "/exporter-metrics");
  if (!text.startsWith("/")) throw wrong("does not start with a slash");
  if (/[?#]/.test(text)) throw wrong("has a query or a fragment");
  if (text === "/") throw wrong("is where Ollama itself answers");
  if (text === "/-" || text.startsWith("/-/")) throw wrong("is below /-/, where other pages are");
  if (/^\/(?:api|v1)(?:\/|$)/.test(text)) throw wrong("is one of Ollama's own");
  // Otherwise no request would ever have it: what is dotted, doubled or not encoded is rewritten.
  if (!URL.canParse(text, "http://h") || new URL(text, "http://h").pathname !== text) {
    throw wrong("is not a path as requests have it");
  }
  return text;
}
