import type { Families } from "./families.ts";
import { firstToken, generationSpeed } from "./figures.ts";
import { increase, total } from "./increase.ts";
import { modelsOf } from "./models.ts";
import type { Scrape } from "./scrape.ts";

/** How far back the plots go. */
export const WINDOW_MS = 15 * 60_000;
/** What a point of the plots sums up. An increase over more than that could be of any time. */
const POINT_MS = 60_000;
/** What figures call "lately". */
const LATELY_MS = 5 * 60_000;
/** Models with points at one moment. */
const MOST_MODELS = 50;

/** What the last minute of a model was like. */
export interface Point {
  readonly speed: number | undefined;
  readonly median: number | undefined;
  readonly p95: number | undefined;
}

export interface Moment {
  readonly at: number;
  /** By model. */
  readonly points: ReadonlyMap<string, Point>;
}

export interface Timeline {
  push(scrape: Scrape): void;
  /** From old to new, none older than the window. */
  moments(): readonly Moment[];
  /** What has grown in the last five minutes; undefined before the second scrape. */
  lately(): Families | undefined;
}

interface Entry extends Moment {
  /** Since the scrape before; undefined where there is none, or it is too long ago. */
  readonly grown: Families | undefined;
}

/** The last minutes, as the scrapes told them. */
export function createTimeline(): Timeline {
  let last: Scrape | undefined;
  let entries: Entry[] = [];

  /** What has grown in the time up to now. */
  const within = (ms: number, now: number): Families[] =>
    entries.flatMap(({ at, grown }) => (at > now - ms && grown ? [grown] : []));

  return {
    push(scrape) {
      const { at, families } = scrape;
      const known = last && at - last.at <= POINT_MS;
      const grown = known ? increase(last!.families, families) : undefined;
      const minute = total([...within(POINT_MS, at), ...(grown ? [grown] : [])]);
      entries = [
        ...entries.filter((entry) => entry.at > at - WINDOW_MS),
        { at, grown, points: pointsOf(minute) },
      ];
      last = scrape;
    },
    moments: () => entries,
    lately() {
      const now = last?.at ?? 0;
      const grown = within(LATELY_MS, now);
      return grown.length > 0 ? total(grown) : undefined;
    },
  };
}

function pointsOf(minute: Families): ReadonlyMap<string, Point> {
  const models = modelsOf(minute).slice(0, MOST_MODELS);
  return new Map(
    models.map((model) => {
      const of = { model };
      const point = {
        speed: generationSpeed(minute, of),
        median: firstToken(0.5, minute, of),
        p95: firstToken(0.95, minute, of),
      };
      return [model, point];
    }),
  );
}
