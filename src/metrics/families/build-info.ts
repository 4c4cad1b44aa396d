import { Gauge } from "prom-client";
import { REVISION, VERSION } from "../../version.ts";
import type { CreateFamily } from "../family.ts";

export const buildInfo: CreateFamily = (registry, { runtime }) => {
  new Gauge({
    name: "ollama_exporter_build_info",
    help: "Always 1; the labels say which build of the exporter this is and what it runs on.",
    labelNames: ["version", "revision", "runtime"],
    registers: [registry],
  }).set({ version: VERSION, revision: REVISION, runtime }, 1);
  return {};
};
