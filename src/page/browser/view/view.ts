import type { Families } from "../families.ts";
import type { Scrape } from "../scrape.ts";
import type { Moment } from "../timeline.ts";

/** All that can be shown after a scrape. */
export interface Shown {
  readonly scrape: Scrape;
  /** What has grown in the last five minutes; undefined before the second scrape. */
  readonly lately: Families | undefined;
  readonly moments: readonly Moment[];
  /** The class of a model's colour in the plots, if it is in them. */
  readonly colors: ReadonlyMap<string, number>;
}

/** A part of the page. */
export type View = (shown: Shown) => void;
