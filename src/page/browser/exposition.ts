import type { Families, Sample } from "./families.ts";

/** A sample line: name, labels, value and maybe a timestamp. */
const LINE = /^([a-zA-Z_:][\w:]*(?:\{.*\})?)[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t]*$/;
const NAME = /^[\w:]+/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"[ \t]*(?:,[ \t]*|$)/y;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

type Series = Pick<Sample, "series" | "labels">;

/**
 * Reads the samples of these names from pages in the text format of Prometheus. A line that cannot be
 * read is left out, as if it were not there.
 */
export function createExpositionReader(names: ReadonlySet<string>): (text: string) => Families {
  // What a page shares with the one before is taken from there: it is not read again, and what is
  // kept for long does not keep the text of every page.
  let known = new Map<string, Series>();
  return (text) => {
    const seen = new Map<string, Series>();
    const families = new Map<string, Sample[]>();
    for (const line of text.split("\n")) {
      const [, written = "", number = ""] = LINE.exec(line) ?? [];
      const name = NAME.exec(written)?.[0] ?? "";
      if (!names.has(name)) continue;
      const series = known.get(written) ?? seriesOf(name, written);
      const value = numberOf(number);
      if (series === undefined || value === undefined) continue;
      seen.set(series.series, series);
      const samples = families.get(name) ?? [];
      families.set(name, samples);
      samples.push({ ...series, value });
    }
    known = seen;
    return families;
  };
}

function seriesOf(name: string, series: string): Series | undefined {
  const labels = new Map<string, string>();
  // Between the braces.
  const written = series.slice(name.length + 1, -1);
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < written.length) {
    const [, label, value] = LABEL.exec(written) ?? [];
    if (label === undefined || value === undefined) return undefined;
    labels.set(
      label,
      value.replaceAll(/\\(.)/g, (_, sign) => (sign === "n" ? "\n" : sign)),
    );
  }
  return { series, labels };
}

function numberOf(written: string): number | undefined {
  if (/^\+?Inf$/i.test(written)) return Infinity;
  if (/^-Inf$/i.test(written)) return -Infinity;
  if (/^NaN$/i.test(written)) return Number.NaN;
  return NUMBER.test(written) ? Number(written) : undefined;
}
