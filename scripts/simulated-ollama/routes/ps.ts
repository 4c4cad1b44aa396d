import type { Handler } from "../exchange.ts";
import { loadedModels } from "../loaded.ts";
import { sendJson } from "../reply.ts";
import { timestamp } from "../timestamp.ts";
import { details } from "./details.ts";

export const ps: Handler = (simulation, { response }) => {
  const models = loadedModels(simulation).map(({ model, expiresAt }) => ({
    name: model.name,
    model: model.name,
    size: model.memory.size,
    digest: model.digest,
    details: details(model),
    expires_at: timestamp(expiresAt),
    size_vram: model.memory.vram,
    context_length: model.memory.contextLength,
  }));
  sendJson(response, { models });
};
