import type { Socket } from "bun";
import { now } from "../clock.ts";
import { chatRequest } from "./chat-request.ts";

export interface LoopOptions {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly ms: number;
}

export interface LoopResult {
  readonly requests: number;
  /** Milliseconds. */
  readonly latencies: number[];
}

/** Connections that each ask for the next small answer as soon as they have one. */
export async function closedLoop(options: LoopOptions): Promise<LoopResult> {
  const { port, path, connections, ms } = options;
  const request = chatRequest(path);
  const until = now() + ms;
  const latencies: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, () => loop(port, request, { until, latencies })),
  );
  return { requests: latencies.length, latencies };
}

function loop(
  port: number,
  request: string,
  { until, latencies }: { until: number; latencies: number[] },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let askedAt = 0;
  let received = "";
  const ask = (socket: Socket): void => {
    askedAt = now();
    socket.write(request);
  };
  const fail = (): void => reject(new Error("a connection ended before its answer"));
  Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open: ask,
      data(socket, bytes) {
        received += bytes.toString("latin1");
        if (!isWhole(received)) return;
        if (!received.startsWith("HTTP/1.1 200 ")) return reject(new Error(received));
        received = "";
        const at = now();
        latencies.push(at - askedAt);
        if (at < until) return ask(socket);
        resolve();
        socket.terminate();
      },
      close: fail,
      error: fail,
    },
  }).catch(reject);
  return promise;
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer)?.[1];
  return length === undefined
    ? answer.endsWith("\r\n0\r\n\r\n")
    : answer.length >= end + 4 + Number(length);
}
