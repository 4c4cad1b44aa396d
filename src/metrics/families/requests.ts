import { Counter } from "prom-client";
import type { CreateFamily } from "../family.ts";

export const requests: CreateFamily = (registry) => {
  const counter = new Counter({
    name: "ollama_requests_total",
    help: "Chat requests by model, counted on arrival, before their outcome is known.",
    labelNames: ["model"],
    registers: [registry],
  });
  return { arrived: (model) => counter.inc({ model }) };
};
