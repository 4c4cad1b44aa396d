import type { Handler } from "../exchange.ts";
import { send } from "../reply.ts";

export const root: Handler = (_, { response }) => {
  send(response, 200, { "Content-Type": "text/plain; charset=utf-8" }, "Ollama is running");
};
