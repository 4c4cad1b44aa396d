import { once } from "node:events";
import type { ServerResponse } from "node:http";

import type { Exchange } from "./exchange.ts";
import { goJson } from "./go-json.ts";

const JSON_TYPE = "application/json; charset=utf-8";
/** Without a charset: `/v1` and the answers of pull and create that are not streamed. */
export const PLAIN_JSON_TYPE = "application/json";
const LINES_TYPE = "application/x-ndjson";
const EVENTS_TYPE = "text/event-stream";

/** Go's server gives a length to an answer that fits its buffer. */
const BUFFER = 2048;

/** The whole answer. Headers in the order of the recordings. */
export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body = "",
): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    ...headers,
    Date: new Date().toUTCString(),
    ...(length > BUFFER
      ? { "Transfer-Encoding": "chunked" }
      : { "Content-Length": String(length) }),
  });
  response.end(body);
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  type = JSON_TYPE,
): void {
  send(response, status, { "Content-Type": type }, goJson(value));
}

/** As `/v1` sends it: Go's encoder ends with a newline there. */
export function sendOpenAi(response: ServerResponse, value: unknown, status = 200): void {
  send(response, status, { "Content-Type": PLAIN_JSON_TYPE }, `${goJson(value)}\n`);
}

/** One write for each text; the headers go out with the first, and not before. */
async function writeText(
  exchange: Exchange,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { response, signal } = exchange;
  signal.throwIfAborted();
  if (!response.headersSent)
    response.writeHead(200, {
      ...headers,
      "Content-Type": type,
      Date: new Date().toUTCString(),
      "Transfer-Encoding": "chunked",
    });
  if (!response.write(text)) await once(response, "drain", { signal });
}

export function writeLine(exchange: Exchange, value: unknown): Promise<void> {
  return writeText(exchange, LINES_TYPE, `${goJson(value)}\n`);
}

export function writeEvent(exchange: Exchange, ...values: readonly unknown[]): Promise<void> {
  const events = values.map((value) => `data: ${value === DONE ? DONE : goJson(value)}\n\n`);
  return writeText(exchange, EVENTS_TYPE, events.join(""));
}

/** As responses and messages send them: the type is the event's name as well. */
export function writeNamedEvent(
  exchange: Exchange,
  event: { readonly type: string; readonly [field: string]: unknown },
): Promise<void> {
  const text = `event: ${event.type}\ndata: ${goJson(event)}\n\n`;
  const headers = { "Cache-Control": "no-cache", Connection: "keep-alive" };
  return writeText(exchange, EVENTS_TYPE, text, headers);
}

export const DONE = "[DONE]";
