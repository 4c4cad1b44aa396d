import { existsSync } from "node:fs";
import process from "node:process";
import type { Send } from "../proxy/upstream.ts";
import type { Runtime } from "./runtime.ts";

/** Seconds of silence on a connection that has nothing to do. */
const IDLE_SECONDS = 50;

/**
 * Bun's fetch gives up after 5 minutes of silence, heeds proxy variables and decodes bodies unless
 * told not to. Each request takes a fresh connection: on a used one that the upstream closes at that
 * moment it would fail, and nobody knows whether it was received; and what an upstream sends unasked
 * after an answer would become the answer to somebody else.
 */
const send: Send = (url, { method, headers, body, signal }) =>
  fetch(url, {
    method,
    headers,
    body:
      body === null || body instanceof Uint8Array || body instanceof ReadableStream
        ? body
        : inChunks(body),
    signal,
    redirect: "manual",
    decompress: false,
    keepalive: false,
    // Known to Bun and missing from its types.
    ...({ timeout: false, proxy: false } as object),
  });

/** Only a direct stream sends its end together with what comes before. */
function inChunks(chunks: readonly Uint8Array[]): ReadableStream {
  const source: Bun.DirectUnderlyingSource = {
    type: "direct",
    pull(controller) {
      for (const chunk of chunks) void controller.write(chunk);
      void controller.end();
    },
  };
  return new ReadableStream(source as object);
}

export const bun: Runtime = {
  name: `bun ${process.versions["bun"]}`,
  send,

  listen(hostname, port, handler) {
    const server = Bun.serve({
      hostname: hostname === "" ? "::" : hostname,
      port,
      // An error page for developers would show paths and source; NODE_ENV does not turn it off.
      development: false,
      // Said outright, because `development: false` turns it on: two exporters would share a port.
      reusePort: false,
      idleTimeout: IDLE_SECONDS,
      // No limit: a blob may have tens of GB. 128 MB by default.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      fetch: (request, own) =>
        handler(request, {
          // A listener on both families shows IPv4 clients as `::ffff:127.0.0.1`.
          client: own.requestIP(request)?.address.replace(/^::ffff:/, "") ?? "",
          hold: () => own.timeout(request, 0),
          // Sticks to the connection, so it has to be set back; works only before the body ends.
          release: () => own.timeout(request, IDLE_SECONDS),
        }),
      error: () => new Response(null, { status: 500 }),
    });
    return Promise.resolve({
      port: server.port ?? port,
      drain: () => server.stop(),
      cut: () => server.stop(true),
    });
  },

  exists: existsSync,

  onStrayError(report) {
    process.on("unhandledRejection", report);
    process.on("uncaughtException", report);
  },
};
