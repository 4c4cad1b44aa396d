import { existsSync } from "node:fs";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Outgoing, Send } from "../proxy/upstream.ts";
import type { Runtime } from "./runtime.ts";

/** The part of Deno that is used; its own types would clash with Bun's. */
interface DenoNamespace {
  readonly version: { readonly deno: string };
  readonly permissions: { querySync(permission: object): { readonly state: string } };
  serve(options: object, handler: (request: Request, info: ServeInfo) => Promise<Response>): Server;
}
interface ServeInfo {
  readonly remoteAddr: { readonly hostname?: string };
}
interface Server {
  readonly addr: { readonly port: number };
  shutdown(): Promise<void>;
}

const { Deno } = globalThis as unknown as { Deno: DenoNamespace };

/** Through node:http, because Deno's fetch decodes bodies whatever it is told and re-sends POSTs. */
const send: Send = (url, outgoing) => {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const create = url.startsWith("https:") ? httpsRequest : httpRequest;
  const request = create(url, {
    method: outgoing.method,
    headers: Object.fromEntries(outgoing.headers),
    signal: outgoing.signal,
    agent: false,
  });
  request.once("error", reject);
  request.once("response", (message) => {
    try {
      resolve(asResponse(message, outgoing.method));
    } catch (error) {
      // A status that no Response can have.
      message.destroy();
      reject(error);
    }
  });
  request.once("upgrade", (_, socket) => {
    socket.destroy();
    reject(new TypeError("The upstream switched protocols unasked."));
  });
  const left = (): void => reject(new DOMException("The client left.", "AbortError"));
  writeBody(request, outgoing.body, left).catch(reject);
  return promise;
};

async function writeBody(
  request: NodeJS.WritableStream,
  body: Outgoing["body"],
  onBroken: () => void,
): Promise<void> {
  if (body === null) request.end();
  else if (body instanceof Uint8Array) request.end(body);
  else if (!(body instanceof ReadableStream)) {
    for (const chunk of body) request.write(chunk);
    request.end();
  } else await pipeline(Readable.fromWeb(body as never).once("error", onBroken), request);
}

function asResponse(message: IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (let i = 0; i < message.rawHeaders.length; i += 2) {
    headers.append(message.rawHeaders[i] as string, message.rawHeaders[i + 1] as string);
  }
  const status = message.statusCode ?? 502;
  const empty = method === "HEAD" || status === 204 || status === 205 || status === 304;
  if (empty) message.resume();
  const body = empty ? null : (Readable.toWeb(message) as unknown as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}

export const deno: Runtime = {
  get name() {
    return `deno ${Deno.version.deno}`;
  },
  send,

  listen(hostname, port, handler) {
    const cutting = new AbortController();
    const server = Deno.serve(
      {
        hostname: hostname === "" ? "::" : hostname,
        port,
        signal: cutting.signal,
        onListen: () => {},
        onError: () => new Response(null, { status: 500 }),
      },
      // Deno has no time limits, so there is none to lift.
      (request, { remoteAddr }) =>
        handler(request, { client: remoteAddr.hostname ?? "", hold() {}, release() {} }),
    );
    return Promise.resolve({
      port: server.addr.port,
      renew: () => {
        throw new TypeError("Deno has no web config file.");
      },
      drain: () => server.shutdown(),
      cut: async () => cutting.abort(),
    });
  },

  exists(path) {
    const { state } = Deno.permissions.querySync({ name: "read", path });
    return state === "granted" && existsSync(path);
  },

  onStrayError(report) {
    for (const kind of ["unhandledrejection", "error"]) {
      addEventListener(kind, (event) => {
        event.preventDefault();
        report();
      });
    }
  },
};
