import type { Answer } from "./fetch-scrape.ts";

export interface PollerOptions {
  readonly everyMs: number;
  ask(): Promise<Answer>;
  /** Undefined if nobody answered. */
  onAnswer(answer: Answer | undefined): void;
}

export interface Poller {
  /** Asks at once unless it has just asked, and then again and again. */
  resume(): void;
  pause(): void;
}

/** Asks again and again, never twice at once and never more often than is allowed. */
export function createPoller({ everyMs, ask, onAnswer }: PollerOptions): Poller {
  let running = false;
  let asking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = -Infinity;

  const schedule = (): void => {
    clearTimeout(timer);
    if (!running || asking) return;
    timer = setTimeout(() => void poll(), askedAt + everyMs - performance.now());
  };
  const poll = async (): Promise<void> => {
    asking = true;
    askedAt = performance.now();
    const answer = await ask().catch(() => undefined);
    asking = false;
    onAnswer(answer);
    schedule();
  };
  return {
    resume() {
      running = true;
      schedule();
    },
    pause() {
      running = false;
      clearTimeout(timer);
    },
  };
}
