/** Ollama writes "for ever" as Go's longest duration from now, 292 years. */
const FOR_EVER_MS = 200 * 365 * 24 * 60 * 60 * 1000;

/** `Date.parse` alone takes "1" for a year. */
const RFC3339 = /^\d{4}-\d\d-\d\dT/;

/**
 * Unix seconds of an `expires_at`, Infinity for "for ever"; undefined for what is no time, and for the
 * zero time of a model that has none yet. It may lie in the past: a busy model's is not moved.
 */
export function expiry(value: unknown, now: number): number | undefined {
  const time = typeof value === "string" && RFC3339.test(value) ? Date.parse(value) : NaN;
  if (!(time > 0)) return undefined;
  return time - now > FOR_EVER_MS ? Infinity : time / 1000;
}
