/** What stands for a figure that is not known. */
export const NONE = "–";

type Format = (value: number | undefined) => string;

/** A format that says of what is not known that it is not. */
const orNone =
  (format: (value: number) => string): Format =>
  (value) =>
    value === undefined || Number.isNaN(value) ? NONE : format(value);

const fixed = (value: number, digits: number): string =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const count = orNone((value) => fixed(value, 0));

export const perSecond = orNone((value) => fixed(value, value < 100 ? 1 : 0));

/** A duration, `45 ms` or `1.24 s` or `3 min 20 s`. */
export const duration = orNone((seconds) => {
  if (seconds < 0.9995) return `${fixed(seconds * 1000, seconds < 0.01 ? 1 : 0)} ms`;
  if (seconds < 99.95) return `${fixed(seconds, seconds < 9.995 ? 2 : 1)} s`;
  return minutes(Math.round(seconds));
});

/** The same beside an axis, where it is a round number: `0`, `500 ms`, `1.5 s`. */
export function axisDuration(seconds: number): string {
  if (seconds === 0) return "0";
  if (seconds >= 60) return `${Number((seconds / 60).toFixed(1))} min`;
  return seconds < 1
    ? `${Number((seconds * 1000).toFixed(1))} ms`
    : `${Number(seconds.toFixed(2))} s`;
}

function minutes(seconds: number): string {
  if (seconds >= 7200)
    return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How long it is until something happens, `90 s`, `5 min` or `3 h`. */
export function remaining(seconds: number): string {
  if (seconds < 120) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

export const share = orNone((value) => `${fixed(value * 100, 0)} %`);

export const bytes = orNone((value) =>
  value < 1e9 ? `${fixed(value / 1e6, 0)} MB` : `${fixed(value / 1e9, 1)} GB`,
);

/** The time of day, on the clock of this browser. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}

/** Day and time of day. */
export function moment(at: number): string {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
