import { CommandError } from "../../src/errors.ts";
import { expected } from "./expected.ts";

/** The end of the time that everything together may take. */
export interface Deadline extends Disposable {
  /** What the promise resolves with; throws what was expected if it rejects or time runs out. */
  wait<T>(work: Promise<T>, what: string): Promise<T>;
}

/** @param time milliseconds */
export function createDeadline(time: number): Deadline {
  const over = Promise.withResolvers<never>();
  // Nobody may be waiting at that moment.
  over.promise.catch(() => {});
  const timer = setTimeout(() => {
    over.reject(new Error(`nothing, ${time / 1000} s after the start of all`));
  }, time);
  return {
    async wait(work, what) {
      try {
        return await Promise.race([work, over.promise]);
      } catch (error) {
        if (error instanceof CommandError) throw error;
        throw expected(what, error instanceof Error ? error.message : String(error));
      }
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
