import { readdirSync, readFileSync } from "node:fs";

/** What the kernel says about a process. */
export interface Vitals {
  /** Bytes. */
  readonly resident: number;
  readonly descriptors: number;
  /** Nanoseconds on a processor, of all threads that were ever seen. */
  readonly cpu: number;
}

/**
 * Looks at a process; to be called every few seconds, for the time of threads that end. Once the
 * process has ended it shows what was seen last.
 */
export function createVitals(pid: number): () => Vitals {
  const threads = new Map<string, number>();
  let last: Vitals = { resident: 0, descriptors: 0, cpu: 0 };
  return () => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const resident = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
      const descriptors = readdirSync(`/proc/${pid}/fd`).length;
      for (const thread of readdirSync(`/proc/${pid}/task`)) lookAt(thread);
      last = { resident, descriptors, cpu: threads.values().reduce((sum, time) => sum + time, 0) };
    } catch {
      // Whoever watches over the process tells that it is gone.
    }
    return last;
  };

  function lookAt(thread: string): void {
    try {
      const times = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8");
      threads.set(thread, Number(times.split(" ", 1)[0]));
    } catch {
      // It has ended since; what was seen of it stays.
    }
  }
}
