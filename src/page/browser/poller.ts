import type { Answer } from "./fetch-scrape.ts";

export interface PollerOptions {
  readonly everyMs: number;
  ask(): Promise<Answer>;
  /** Undefined if nobody answered. */
  onAnswer(answer: Answer | undefined): void;
}

export interface Poller {
  /** Asks at once, unless it has asked within a second, and then again and again. */
  resume(): void;
  pause(): void;
}

/** The least between two questions, also where a reader is impatient. */
const LEAST_MS = 1000;

/** Asks again and again, and never twice at once. */
export function createPoller({ everyMs, ask, onAnswer }: PollerOptions): Poller {
  let running = false;
  let asking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = -Infinity;

  const schedule = (pauseMs: number): void => {
    clearTimeout(timer);
    if (!running || asking) return;
    timer = setTimeout(() => void poll(), Math.max(0, askedAt + pauseMs - performance.now()));
  };
  const poll = async (): Promise<void> => {
    asking = true;
    askedAt = performance.now();
    const answer = await ask().catch(() => undefined);
    asking = false;
    try {
      onAnswer(answer);
    } finally {
      schedule(everyMs);
    }
  };
  return {
    resume() {
      running = true;
      schedule(Math.min(everyMs, LEAST_MS));
    },
    pause() {
      running = false;
      clearTimeout(timer);
    },
  };
}
