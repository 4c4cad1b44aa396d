import type { Socket } from "bun";
import { now } from "../clock.ts";
import { chatRequest } from "./chat-request.ts";

export interface StreamsOptions {
  readonly port: number;
  readonly path: string;
  readonly streams: number;
  /** Milliseconds from one opening to the next; 0 opens all at once. */
  readonly spacing: number;
  /** Asked for in turn. */
  readonly models?: readonly string[];
}

/** Milliseconds from each request to its first chunk. */
export type FirstChunks = number[];

export interface Collected {
  /** Chunks that came meanwhile. */
  readonly chunks: number;
  /** Milliseconds from the upstream's sending to the client's reading, for each chunk. */
  readonly latencies: number[];
}

interface Stream {
  readonly askedAt: number;
  onFirst: ((after: number) => void) | undefined;
}

const MARK = '"sent":';

let open: Socket<Stream>[] = [];
let collecting: { chunks: number; latencies: number[] } | undefined;

function read({ data: stream }: Socket<Stream>, bytes: Buffer): void {
  const at = now();
  const text = bytes.toString("latin1");
  let found = text.indexOf(MARK);
  if (found !== -1 && stream.onFirst) {
    stream.onFirst(at - stream.askedAt);
    stream.onFirst = undefined;
  }
  for (; found !== -1 && collecting; found = text.indexOf(MARK, found + 1)) {
    collecting.chunks++;
    collecting.latencies.push(at - Number.parseFloat(text.slice(found + MARK.length)));
  }
}

function openStream(port: number, request: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const askedAt = now();
  const fail = (): void => reject(new Error("a stream ended before its first chunk"));
  Bun.connect<Stream>({
    hostname: "127.0.0.1",
    port,
    data: { askedAt, onFirst: resolve },
    socket: {
      open(socket) {
        open.push(socket);
        socket.write(request);
      },
      data: read,
      close: fail,
      error: fail,
    },
  }).catch(reject);
  return promise;
}

/** Opens streams and resolves when each has its first chunk. They stay open. */
export function openStreams(options: StreamsOptions): Promise<FirstChunks> {
  const { port, path, streams, spacing, models = ["bench"] } = options;
  const begun = now();
  const each = Array.from({ length: streams }, async (_, index) => {
    if (spacing > 0) await Bun.sleep(Math.max(0, begun + index * spacing - now()));
    return openStream(port, chatRequest(path, { model: models[index % models.length] }));
  });
  return Promise.all(each);
}

export function startCollecting(): void {
  collecting = { chunks: 0, latencies: [] };
}

/** What came to the open streams since `startCollecting`. */
export function stopCollecting(): Collected {
  const collected = collecting ?? { chunks: 0, latencies: [] };
  collecting = undefined;
  return collected;
}

/** Watches the open streams for so many milliseconds. */
export async function collect({ ms }: { ms: number }): Promise<Collected> {
  startCollecting();
  await Bun.sleep(ms);
  return stopCollecting();
}

export function closeStreams(): void {
  for (const socket of open) socket.terminate();
  open = [];
}
