import { existsSync } from "node:fs";
import process from "node:process";
import type { Send } from "../proxy/upstream.ts";
import type { Tls } from "../tls.ts";
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

/** As OpenSSL numbers them. */
const VERSIONS = { TLS12: 0x0303, TLS13: 0x0304 } as const;

function tlsOptions({ cert, key, clients, ca, minVersion, maxVersion }: Tls): Bun.TLSOptions {
  return {
    cert,
    key,
    ...(ca !== undefined && { ca }),
    requestCert: clients !== "anonymous",
    rejectUnauthorized: clients === "verified",
    // Known to Bun and missing from its types.
    ...({
      minVersion: VERSIONS[minVersion ?? "TLS12"],
      maxVersion: VERSIONS[maxVersion ?? "TLS13"],
    } as object),
  };
}

async function each<Server>(servers: Server[], act: (server: Server) => Promise<void>) {
  await Promise.all(servers.map(act));
}

export const bun: Runtime = {
  name: `bun ${process.versions["bun"]}`,
  send,

  listen(hostname, wanted, handler, tls) {
    const start = (port: number, by: Tls | undefined, host = hostname): Bun.Server<undefined> =>
      Bun.serve({
        hostname: host === "" ? "::" : host,
        port,
        ...(by && { tls: tlsOptions(by) }),
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
    let server = start(wanted, tls);
    let shown = tls;
    const port = server.port ?? wanted;
    const retired = new Set<Bun.Server<undefined>>();
    return Promise.resolve({
      port,
      // `reload` goes on with the old certificate. A listener that takes the other's place at once keeps
      // its streams; a connection that is just being made may be reset (4 of 900, with eight at a time).
      renew(next) {
        // Elsewhere first: a listener that cannot be had must not cost the one that there is.
        void start(0, next, "127.0.0.1").stop(true);
        const old = server;
        retired.add(old);
        void old.stop().then(() => retired.delete(old));
        try {
          server = start(port, next);
          shown = next;
        } catch (error) {
          server = start(port, shown);
          throw error;
        }
      },
      drain: () => each([server, ...retired], (one) => one.stop()),
      cut: () => each([server, ...retired], (one) => one.stop(true)),
    });
  },

  verifyPassword: (password, hash) => Bun.password.verify(password, hash, "bcrypt"),

  exists: existsSync,

  onStrayError(report) {
    process.on("unhandledRejection", report);
    process.on("uncaughtException", report);
  },
};
