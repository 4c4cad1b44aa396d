import { connect } from "node:net";
import type { UpstreamAddress } from "../config.ts";
import type { UpstreamName } from "./headers.ts";

/** A request as it goes upstream. */
export interface Outgoing {
  readonly method: string;
  readonly headers: Headers;
  /**
   * Bytes and nothing go out with their length, a stream in chunks unless the headers say a length.
   * A list is a whole body that goes out in chunks, the last one together with the end: Ollama
   * misses that its client leaves when the end comes by itself.
   */
  readonly body:
    | Uint8Array<ArrayBuffer>
    | readonly Uint8Array<ArrayBuffer>[]
    | ReadableStream<Uint8Array>
    | null;
  readonly signal: AbortSignal;
}

/**
 * What each runtime has to offer: sends a request as it is and gives the answer as it came. No
 * redirect is followed, no body decoded, no time limit set, no proxy variable heeded, no connection
 * used twice, so that nothing is sent twice and no answer meets another request.
 */
export type Send = (url: string, request: Outgoing) => Promise<Response>;

export interface Upstream extends UpstreamName {
  /**
   * Sends to a request target, which starts with `/`. Rejects when no answer's head comes: with an
   * AbortError if the client is the reason.
   */
  send(target: string, request: Outgoing): Promise<Response>;
}

/** An upstream called `localhost` may be at home on either family. */
const LOCALHOST = ["127.0.0.1", "::1"] as const;

export function createUpstream(address: UpstreamAddress, send: Send): Upstream {
  const { protocol, hostname, port, basePath } = address;
  const base = (host: string): string => `${protocol}//${authority(host, port)}${basePath}`;
  const fixed = base(hostname);

  // Kept until it fails, so that neither every request pays for the search nor a moved Ollama is lost.
  let found: Promise<string> | undefined;
  const locate = async (): Promise<string> => {
    for (const candidate of LOCALHOST) if (await answers(candidate, port)) return base(candidate);
    found = undefined;
    return fixed;
  };

  const { host, origin } = new URL(fixed);
  return {
    host,
    origin,
    async send(target, request) {
      if (hostname !== "localhost" || protocol === "https:") return send(fixed + target, request);
      try {
        return await send((await (found ??= locate())) + target, request);
      } catch (error) {
        if (!request.signal.aborted) found = undefined;
        throw error;
      }
    },
  };
}

function authority(hostname: string, port: number): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

function answers(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port, timeout: 1000 });
  for (const [event, reached] of [
    ["connect", true],
    ["error", false],
    ["timeout", false],
  ] as const) {
    socket.once(event, () => {
      socket.destroy();
      resolve(reached);
    });
  }
  return promise;
}
