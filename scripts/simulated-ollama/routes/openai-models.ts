import type { Handler } from "../exchange.ts";
import { sendOpenAi } from "../reply.ts";
import { newestFirst } from "./tags.ts";

export const openaiModels: Handler = (simulation, { response }) => {
  const data = newestFirst(simulation).map(({ name, modifiedAt }) => ({
    id: name,
    object: "model",
    created: Math.floor(Date.parse(modifiedAt) / 1000),
    owned_by: name.includes("/") ? name.split("/")[0] : "library",
  }));
  sendOpenAi(response, { object: "list", data });
};
