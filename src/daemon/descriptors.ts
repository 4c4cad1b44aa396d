import { closeSync, openSync, readFileSync } from "node:fs";

/** Descriptors that are kept free for what runs already: each request takes two. */
const MOST_KEPT_FREE = 64;
const KEPT_FREE_SHARE = 1 / 8;

/**
 * Tells whether descriptors are about to run out. A new one always gets the lowest free number
 * (POSIX), so one look costs the same however many are open. Never true where the limit cannot be
 * read: on macOS, on Windows and on Deno, which guards /proc.
 */
export function createDescriptorCheck(limit: number = softLimit()): () => boolean {
  const most = limit - Math.min(MOST_KEPT_FREE, Math.ceil(limit * KEPT_FREE_SHARE));
  if (most === Infinity) return () => false;
  return () => {
    try {
      const next = openSync("/dev/null", "r");
      closeSync(next);
      return next >= most;
    } catch {
      return true;
    }
  };
}

function softLimit(): number {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}
