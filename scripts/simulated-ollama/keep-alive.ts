import { Refusal } from "./refusal.ts";

const DEFAULT = 5 * 60_000;
const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds that `keep_alive` asks for: seconds or a Go duration; negative: for ever. */
export function keepAlive(value: unknown): number {
  if (value === undefined || value === null) return DEFAULT;
  const time = typeof value === "number" ? value * 1000 : goDuration(value);
  return time < 0 ? Infinity : time;
}

function goDuration(value: unknown): number {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const [, sign, digits] = /^([-+]?)((?:[\d.]+(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(text) ?? [];
  if (digits === undefined)
    throw new Refusal(400, `time: invalid duration ${JSON.stringify(text)}`);
  let time = 0;
  for (const [, count, unit] of digits.matchAll(/([\d.]+)([a-zµ]+)/g))
    time += Number(count) * (UNITS[unit ?? ""] ?? 0);
  return sign === "-" ? -time : time;
}
