import { Counter } from "prom-client";
import { APIS } from "../../apis.ts";
import type { CreateFamily } from "../family.ts";

export const unmeasuredRequests: CreateFamily = (registry) => {
  const counter = new Counter({
    name: "ollama_exporter_unmeasured_requests_total",
    help: "Requests for an answer that passed unmeasured, because --observe does not name their API, by API.",
    labelNames: ["api"],
    registers: [registry],
  });
  for (const api of APIS) counter.inc({ api }, 0);
  return { unmeasured: (api) => counter.inc({ api }) };
};
