import type { IncomingMessage, ServerResponse } from "node:http";

import type { Exchange } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import { send, sendJson, sendOpenAi } from "./reply.ts";
import { handlersOf } from "./routes.ts";
import type { Simulation } from "./simulation.ts";

/** Finds the route, runs it and turns what it throws into the error that Ollama would send. */
export async function answerRequest(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Go does not mention a connection that it keeps.
  if (request.headers.connection !== "close") response.removeHeader("Connection");
  const exchange = exchangeOf(request, response);
  const handlers = handlersOf(exchange.path);
  if (handlers === undefined)
    return send(response, 404, { "Content-Type": "text/plain" }, "404 page not found");
  const handler = handlers[request.method ?? ""];
  if (handler === undefined) {
    const headers = { Allow: Object.keys(handlers).join(", "), "Content-Type": "text/plain" };
    return send(response, 405, headers, "405 method not allowed");
  }
  try {
    await handler(simulation, exchange);
  } catch (error) {
    if (!exchange.signal.aborted) sendError(exchange, error);
  }
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const leaving = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) leaving.abort();
  });
  // A client that leaves in the middle of its body ends in "close" as well.
  request.on("error", () => leaving.abort());
  const [path = "/"] = (request.url ?? "/").split("?", 1);
  return { request, response, path, signal: leaving.signal };
}

function sendError({ path, response }: Exchange, error: unknown): void {
  if (!(error instanceof Refusal)) {
    console.error(error);
    if (response.headersSent) response.destroy();
    // An empty 500 is what a panic in a handler of Ollama's gives.
    else send(response, 500, {});
    return;
  }
  const { status, message } = error;
  if (path === "/v1/messages") {
    const type = OPENAI_TYPES[status] ?? "api_error";
    const request_id = `req_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`;
    return sendOpenAi(response, { type: "error", error: { type, message }, request_id }, status);
  }
  if (!path.startsWith("/v1/")) return sendJson(response, { error: message }, status);
  const type = OPENAI_TYPES[status] ?? "api_error";
  sendOpenAi(response, { error: { message, type, param: null, code: null } }, status);
}

const OPENAI_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  404: "not_found_error",
};
