// Each by its file: `collectDefaultMetrics` would also start an event loop monitor and a garbage
// collection observer for the `nodejs_*` families, three of which fail promtool's lint.
import osMemoryHeap from "prom-client/lib/metrics/osMemoryHeap.js";
import processCpuTotal from "prom-client/lib/metrics/processCpuTotal.js";
import processMaxFileDescriptors from "prom-client/lib/metrics/processMaxFileDescriptors.js";
import processOpenFileDescriptors from "prom-client/lib/metrics/processOpenFileDescriptors.js";
import processStartTime from "prom-client/lib/metrics/processStartTime.js";
import type { CreateFamily } from "../family.ts";

/** The `process_*` families that all Prometheus clients share. */
export const processFamilies: CreateFamily = (registry) => {
  processCpuTotal(registry);
  processStartTime(registry);
  osMemoryHeap(registry);
  processOpenFileDescriptors(registry);
  processMaxFileDescriptors(registry);
  return {};
};
