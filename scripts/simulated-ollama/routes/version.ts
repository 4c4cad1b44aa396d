import type { Handler } from "../exchange.ts";
import { sendJson } from "../reply.ts";

/** The version that was recorded. */
export const version: Handler = (_, { response }) => {
  sendJson(response, { version: "0.24.0" });
};
