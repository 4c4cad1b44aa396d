import type { Handler } from "../exchange.ts";
import type { Model } from "../model.ts";
import { sendJson } from "../reply.ts";
import type { Simulation } from "../simulation.ts";
import { details } from "./details.ts";

export const tags: Handler = (simulation, { response }) => {
  const models = newestFirst(simulation).map((model) => ({
    name: model.name,
    model: model.name,
    modified_at: model.modifiedAt,
    size: model.size,
    digest: model.digest,
    details: details(model),
  }));
  sendJson(response, { models });
};

export function newestFirst(simulation: Simulation): Model[] {
  return [...simulation.models.values()].toSorted(
    (a, b) => Date.parse(b.modifiedAt) - Date.parse(a.modifiedAt),
  );
}
