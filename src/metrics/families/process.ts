import { readFileSync } from "node:fs";
import process from "node:process";
import { Gauge, type Registry } from "prom-client";
// Each by its file: `collectDefaultMetrics` would also start an event loop monitor and a garbage
// collection observer for the `nodejs_*` families, three of which fail promtool's lint.
import osMemoryHeap from "prom-client/lib/metrics/osMemoryHeap.js";
import processCpuTotal from "prom-client/lib/metrics/processCpuTotal.js";
import processMaxFileDescriptors from "prom-client/lib/metrics/processMaxFileDescriptors.js";
import processOpenFileDescriptors from "prom-client/lib/metrics/processOpenFileDescriptors.js";
import processStartTime from "prom-client/lib/metrics/processStartTime.js";
import type { CreateFamily } from "../family.ts";

/** The `process_*` families that all Prometheus clients share, as far as they can be read here. */
export const processFamilies: CreateFamily = (registry) => {
  processCpuTotal(registry);
  processStartTime(registry);
  processMaxFileDescriptors(registry);
  if (process.platform === "linux" && !isReadable("/proc/self/status")) {
    residentMemory(registry);
  } else {
    osMemoryHeap(registry);
    processOpenFileDescriptors(registry);
  }
  return {};
};

/** prom-client would show 0 for what it cannot read, as on Deno, which guards /proc. */
function residentMemory(registry: Registry): void {
  const gauge: Gauge = new Gauge({
    name: "process_resident_memory_bytes",
    help: "Resident memory size in bytes.",
    registers: [registry],
    collect: () => gauge.set(process.memoryUsage().rss),
  });
}

function isReadable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
