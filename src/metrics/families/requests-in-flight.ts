import { Gauge } from "prom-client";
import type { CreateFamily } from "../family.ts";

export const requestsInFlight: CreateFamily = (registry) => {
  const gauge = new Gauge({
    name: "ollama_requests_in_flight",
    help: "Requests without an outcome yet, by model: counted minus finished minus failed.",
    labelNames: ["model"],
    registers: [registry],
  });
  return {
    begun: (model) => gauge.set({ model }, 0),
    arrived: (model) => gauge.inc({ model }),
    ended: (model) => gauge.dec({ model }),
    forgotten: (model) => gauge.remove({ model }),
  };
};
