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

/** What has grown in the time up to a scrape. */
interface Growth {
  readonly at: number;
  readonly families: Families;
}

/** The last minutes, as the scrapes told them. */
export function createTimeline(): Timeline {
  let last: Scrape | undefined;
  let growths: Growth[] = [];
  let moments: Moment[] = [];

  const grownWithin = (ms: number): Families =>
    total(since(growths, (last?.at ?? 0) - ms).map(({ families }) => families));

  return {
    push(scrape) {
      const { at } = scrape;
      // A clock that was set back: times in the future would stay for good.
      if (last && at < last.at) [growths, moments] = [[], []];
      growths = since(growths, at - LATELY_MS);
      if (last && at - last.at <= POINT_MS) {
        growths.push({ at, families: increase(last.families, scrape.families) });
      }
      last = scrape;
      moments = [
        ...since(moments, at - WINDOW_MS),
        { at, points: pointsOf(grownWithin(POINT_MS)) },
      ];
    },
    moments: () => moments,
    lately: () => (growths.length > 0 ? grownWithin(LATELY_MS) : undefined),
  };
}

function since<Dated extends { readonly at: number }>(
  all: readonly Dated[],
  start: number,
): Dated[] {
  return all.filter(({ at }) => at > start);
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
