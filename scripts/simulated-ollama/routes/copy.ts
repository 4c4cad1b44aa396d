import type { Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { modelKey, shortName } from "../model-name.ts";
import { send } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { timestamp } from "../timestamp.ts";

export const copy: Handler = async (simulation, { request, response }) => {
  const { source = "", destination = "" } = await readJson<Record<string, string>>(request, {
    name: "CopyRequest",
    fields: { source: "string", destination: "string" },
  });
  const model = findModel(simulation, source, (name) => `model "${name}" not found`);
  const name = shortName(destination);
  simulation.models.set(modelKey(name), { ...model, name, modifiedAt: timestamp() });
  send(response, 200, {});
};
