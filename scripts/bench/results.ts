import type { Row } from "./works/work.ts";
import { median } from "../statistics.ts";

/** The figures of one row: for each proxy by name, one per round. */
export interface Result {
  readonly row: Row;
  readonly figures: Readonly<Record<string, readonly number[]>>;
}

export interface Summary {
  readonly name: string;
  readonly unit: string;
  /** Medians over the rounds, or the worst, by proxy; of an added figure, what is added. */
  readonly medians: Readonly<Record<string, number>>;
  /** Ours over each peer's: the median of the rounds' ratios. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly target?: string;
  readonly met?: boolean;
}

const OURS = "ollama-exporter";
const STRAIGHT = "straight";

export function summarize({ row, figures }: Result): Summary {
  const straight = figures[STRAIGHT] ?? [];
  const counted = Object.entries(figures)
    .filter(([name]) => !(row.added && name === STRAIGHT))
    .map(([name, rounds]) => {
      const values = rounds.map((value, round) =>
        row.added ? value - (straight[round] ?? 0) : value,
      );
      return [name, values] as const;
    });
  const ours = counted.find(([name]) => name === OURS)?.[1] ?? [];
  const ratioTo = (values: readonly number[]): number =>
    median(ours.map((value, round) => value / (values[round] ?? Number.NaN)));
  // Less than nothing is added by chance, and a ratio to it says nothing.
  const ratios = counted
    .filter(([name]) => name !== OURS && name !== STRAIGHT)
    .filter(([, values]) => values.every((value) => value > 0))
    .map(([name, values]) => [name, ratioTo(values)]);
  const whole = row.worst ? (values: readonly number[]) => Math.max(...values) : median;
  const medians = Object.fromEntries(counted.map(([name, values]) => [name, whole(values)]));
  const summary = { name: row.name, unit: row.unit, medians, ratios: Object.fromEntries(ratios) };
  const { target } = row;
  if (target === undefined) return summary;
  const [limit, figure, shown] =
    "most" in target
      ? [target.most, medians[OURS], `${target.most} ${row.unit}`]
      : [target.timesNginx, summary.ratios["nginx"], `${target.timesNginx}x nginx`];
  return {
    ...summary,
    target: `≤ ${shown}`,
    ...(figure !== undefined && { met: figure <= limit }),
  };
}
