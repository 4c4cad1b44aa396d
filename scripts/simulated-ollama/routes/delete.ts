import type { Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { keep } from "../loaded.ts";
import { modelKey } from "../model-name.ts";
import { send } from "../reply.ts";
import { readJson } from "../request-body.ts";

export const deleteModel: Handler = async (simulation, { request, response }) => {
  const body = await readJson<{ model?: string; name?: string }>(request, {
    name: "DeleteRequest",
    fields: { model: "string", name: "string" },
  });
  const model = findModel(simulation, body.model || body.name || "");
  simulation.models.delete(modelKey(model.name));
  keep(simulation, model, 0);
  send(response, 200, {});
};
