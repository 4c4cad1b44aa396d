import type { OllamaState } from "../ollama-state.ts";
import type { Upstream } from "../proxy/upstream.ts";
import { orAfter } from "./or-after.ts";
import { type Found, probe } from "./probe.ts";
import type { Question } from "./question.ts";
import { stateOf } from "./state-of.ts";

/** Reads what Ollama says of itself. Ollama logs each request, so it is asked as little as can be. */
export interface StateReader {
  /** The state now, or what is known of it after so many milliseconds. Never rejects. */
  read(deadline: number): Promise<OllamaState>;
  /** Models have come or gone. */
  inventoryChanged(): void;
  /** Somebody else has asked Ollama, and had an answer or not. */
  noted(up: boolean): void;
  /** What is known without asking; undefined before anybody has asked. */
  known(): KnownUpstream | undefined;
}

/** Whether Ollama answered when it was last asked. */
export interface KnownUpstream {
  readonly up: boolean;
  readonly secondsAgo: number;
}

export interface StateReaderOptions {
  readonly upstream: Upstream;
  /** Milliseconds on a clock that never goes back. */
  now?(): number;
}

/** Milliseconds after which a probe ends, whoever waits for it. */
const LONGEST = 2000;

const TAGS_EVERY = 60_000;
const VERSION_EVERY = 5 * 60_000;

/** What failed is asked again after so many times the time that it took. */
const RESPITE = 30;

/** A probe under way. */
interface Running {
  readonly found: Found;
  readonly over: Promise<void>;
  readers: number;
  /** `/api/ps` has been silent for too long for one of the readers. */
  psIsSilent(): void;
  end(): void;
}

export function createStateReader({
  upstream,
  now = () => performance.now(),
}: StateReaderOptions): StateReader {
  /** The last questions that were asked. */
  const last: Found = {};
  let running: Running | undefined;
  let inventoryIsOld = false;
  let lookedAt = { up: false, at: -Infinity };

  const start = (): Running => {
    const giveUp = new AbortController();
    const tags = inventoryIsOld || isDue(last.tags, now(), TAGS_EVERY);
    if (tags) inventoryIsOld = false;
    const version = isDue(last.version, now(), VERSION_EVERY);
    const { signal } = giveUp;
    const found: Found = {};
    const { promise: silent, resolve: psIsSilent } = Promise.withResolvers<void>();
    const over = probe(found, { upstream, now, signal, tags, version, silent });
    const end = (): void => {
      clearTimeout(timer);
      if (running?.found === found) running = undefined;
      giveUp.abort();
    };
    const timer = setTimeout(end, LONGEST);
    void over.then(end);
    return { found, over, readers: 0, psIsSilent, end };
  };

  return {
    async read(deadline) {
      const mine = (running ??= start());
      mine.readers++;
      // Whoever has the least time left is to hear the version too.
      void orAfter(deadline / 2, mine.over).then(mine.psIsSilent);
      await orAfter(deadline, mine.over);
      if (--mine.readers === 0) mine.end();

      Object.assign(last, mine.found);
      const isUp = Object.values(mine.found).some(({ answered }) => answered);
      lookedAt = { up: isUp, at: now() };
      // Ollama may come back with other models.
      if (!isUp) inventoryIsOld = true;
      return stateOf(last, isUp, now());
    },
    inventoryChanged() {
      inventoryIsOld = true;
    },
    noted: (up) => void (lookedAt = { up, at: now() }),
    known() {
      const { up, at } = lookedAt;
      return at === -Infinity ? undefined : { up, secondsAgo: (now() - at) / 1000 };
    },
  };
}

function isDue(question: Question<unknown> | undefined, now: number, every: number): boolean {
  if (question === undefined) return true;
  const { askedAt, took = 0, value } = question;
  return now - askedAt >= (value === undefined ? Math.min(every, RESPITE * took) : every);
}
