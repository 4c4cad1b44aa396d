import { Counter } from "prom-client";
import type { SkipReason } from "../../exchange.ts";
import type { CreateFamily } from "../family.ts";

/** All reasons are on the page from the start, so that a first one shows as an increase. */
const REASONS: Readonly<Record<SkipReason, true>> = {
  too_long: true,
  invalid_json: true,
  scan_failed: true,
};

export const linesSkipped: CreateFamily = (registry) => {
  const counter = new Counter({
    name: "ollama_exporter_lines_skipped_total",
    help: "Lines of answers that were forwarded but could not be read, by reason.",
    labelNames: ["reason"],
    registers: [registry],
  });
  for (const reason of Object.keys(REASONS)) counter.inc({ reason }, 0);
  return { skipped: (reason) => counter.inc({ reason }) };
};
