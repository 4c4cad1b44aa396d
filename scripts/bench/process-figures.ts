import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Starts to measure processes; gives the CPU time of all their threads since then, in microseconds.
 * What a thread did that has ended meanwhile is missing; such ones have had nothing to do for long.
 */
export function startCpuClock(pids: readonly number[]): () => number {
  const before = threadTimes(pids);
  return () => {
    let nanoseconds = 0;
    for (const [thread, time] of threadTimes(pids)) nanoseconds += time - (before.get(thread) ?? 0);
    return nanoseconds / 1000;
  };
}

function threadTimes(pids: readonly number[]): Map<string, number> {
  const threads = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`),
  );
  // proc(5): time on the CPU, time waiting for it, slices. In nanoseconds; the ticks of `stat` are 10 ms.
  return new Map(threads.map((path) => [path, Number(read(path).split(" ")[0] || 0)]));
}

/** Megabytes in memory now. */
export function residentMemory(pids: readonly number[]): number {
  return sum(pids, "VmRSS");
}

/** The most megabytes that were in memory since `forgetPeak`. */
export function peakMemory(pids: readonly number[]): number {
  return sum(pids, "VmHWM");
}

export function forgetPeak(pids: readonly number[]): void {
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** A process and those it has started. */
export function family(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return [pid, ...children.flatMap(family)];
}

function sum(pids: readonly number[], field: string): number {
  const pattern = new RegExp(`^${field}:\\s+(\\d+) kB`, "m");
  const kilobytes = pids.map((pid) => Number(pattern.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
  return kilobytes.reduce((total, one) => total + one, 0) / 1024;
}

/** Empty for a thread that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
