/** A page of OpenMetrics 1.0 line by line, as its ABNF has it. */
export type OpenMetricsLine = Descriptor | Sample;

export interface Descriptor {
  readonly word: "TYPE" | "UNIT" | "HELP";
  readonly family: string;
  readonly text: string;
}

export interface Sample {
  readonly word: undefined;
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  readonly exemplar: Exemplar | undefined;
}

export interface Exemplar {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Unix seconds. */
  readonly timestamp: number | undefined;
}

const NAME = String.raw`[a-zA-Z_:][a-zA-Z0-9_:]*`;
const ESCAPED = String.raw`(?:[^\n"\\]|\\[n"\\])*`;
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="${ESCAPED}"`;
const LABELS = String.raw`\{(?:${LABEL}(?:,${LABEL})*)?\}`;
const REAL = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`;
const NUMBER = String.raw`(?:${REAL}|[+-]?inf(?:inity)?|nan)`;

const DESCRIPTOR = new RegExp(`^# (?<word>TYPE|UNIT|HELP) (?<family>${NAME}) (?<text>${ESCAPED})$`);
const SAMPLE = new RegExp(
  `^(?<name>${NAME})(?<labels>${LABELS})? (?<value>${NUMBER})` +
    `(?: # (?<exemplar>${LABELS}) (?<at>${NUMBER})(?: (?<timestamp>${REAL}))?)?$`,
  "i",
);

/** @throws Error for a page that does not follow the grammar; for a sample with a timestamp too */
export function openMetricsLines(page: string): OpenMetricsLine[] {
  if (!page.endsWith("\n# EOF\n")) throw new Error("the page does not end with EOF");
  return page.slice(0, -"\n# EOF\n".length).split("\n").map(openMetricsLine);
}

function openMetricsLine(line: string): OpenMetricsLine {
  const described = DESCRIPTOR.exec(line)?.groups;
  if (described) return described as unknown as Descriptor;
  const { name, labels, value, exemplar, at, timestamp } = SAMPLE.exec(line)?.groups ?? {};
  if (name === undefined || value === undefined) throw new Error(`cannot be read: ${line}`);
  return {
    word: undefined,
    name,
    labels: labelsOf(labels),
    value: numberOf(value),
    exemplar:
      exemplar === undefined || at === undefined
        ? undefined
        : {
            labels: labelsOf(exemplar),
            value: numberOf(at),
            timestamp: timestamp === undefined ? undefined : Number(timestamp),
          },
  };
}

function labelsOf(text = "{}"): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(
    new RegExp(`([a-zA-Z_][a-zA-Z0-9_]*)="(${ESCAPED})"`, "g"),
  )) {
    if (labels.has(name)) throw new Error(`twice the same label: ${text}`);
    labels.set(
      name,
      value.replaceAll(/\\(.)/g, (_, char) => (char === "n" ? "\n" : char)),
    );
  }
  return labels;
}

export function numberOf(text: string): number {
  const word = /^([+-]?)inf/i.exec(text);
  if (word) return word[1] === "-" ? -Infinity : Infinity;
  return Number(text);
}
