import { setImmediate } from "node:timers";
import { promisify } from "node:util";

/** Resolves with undefined once the event loop has come around. */
export const nextTurn: () => Promise<void> = promisify(setImmediate);
