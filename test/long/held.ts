import type { Socket } from "node:net";
import { chunkOf } from "../support/raw-upstream.ts";
import { ROUTES, type Route, type Shape, UPLOADS } from "./routes.ts";

/** A request that stands still in its middle, and what it takes to move it on. */
export interface Held {
  readonly name: string;
  readonly method: string;
  /** What the client sends at once. */
  readonly request: string;
  /** What the client sends after the silence. */
  readonly rest?: string;
  /** What the upstream sends at once, and after the silence. */
  readonly before: string;
  readonly after: string;
  /** What the client has of the body before and after the silence. */
  readonly first: string;
  readonly body: string;
}

const TYPES: Readonly<Record<Shape, string>> = {
  ndjson: "application/x-ndjson",
  sse: "text/event-stream",
  json: "application/json; charset=utf-8",
  empty: "text/plain; charset=utf-8",
};

const LONG_BODY = 100_000;

/** All of them, each with a number of its own in the query, by which the upstream finds it. */
export function everyHeld(): Held[] {
  const bodies = ROUTES.filter(({ method }) => method !== "HEAD");
  const uploads = UPLOADS.flatMap((path) => [halfSent(path), halfSentInChunks(path)]);
  const held = [
    ...ROUTES.map(silentBeforeHead),
    ...bodies.map(silentInStream),
    ...bodies.map(silentInLength),
    ...uploads,
  ];
  return held.map((one, index) =>
    Object.assign(one, {
      name: `${one.name} (${index})`,
      request: one.request.replace(" HTTP/1.1", `?held=${index} HTTP/1.1`),
    }),
  );
}

/** The number in a request line; undefined for requests that are not held. */
export function heldIndex(startLine: string): number | undefined {
  const index = /\?held=(\d+) /.exec(startLine)?.[1];
  return index === undefined ? undefined : Number(index);
}

function silentBeforeHead(route: Route): Held {
  const body = route.method === "HEAD" ? "" : `{"late":"${route.path}"}`;
  const length = `Content-Length: ${Math.max(body.length, 5)}\r\n\r\n`;
  return {
    ...sent(route, "before the head"),
    before: "",
    after: `${headOf(route.shape)}${length}${body.padEnd(route.method === "HEAD" ? 0 : 5)}`,
    first: "",
    body,
  };
}

function silentInStream(route: Route): Held {
  const [first, last] =
    route.shape === "sse" ? ["data: {}\n\n", "data: [DONE]\n\n"] : ["{}\n", "{}\n"];
  return {
    ...sent(route, "in a stream"),
    before: `${headOf(route.shape)}Transfer-Encoding: chunked\r\n\r\n${String(chunkOf(first))}`,
    after: `${String(chunkOf(last))}0\r\n\r\n`,
    first,
    body: first + last,
  };
}

function silentInLength(route: Route): Held {
  const first = "f".repeat(LONG_BODY / 2);
  return {
    ...sent(route, "in a body with a length"),
    before: `${headOf(route.shape)}Content-Length: ${LONG_BODY}\r\n\r\n${first}`,
    after: first,
    first,
    body: first + first,
  };
}

function halfSent(path: string): Held {
  const body = `{"model":"m","messages":["${"u".repeat(LONG_BODY)}"]}`;
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`;
  return upload(`POST ${path} in an upload`, head + body.slice(0, -50_000), body.slice(-50_000));
}

function halfSentInChunks(path: string): Held {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const begun = String(chunkOf('{"model":"m","messages":['));
  return upload(
    `POST ${path} in an upload in chunks`,
    head + begun,
    `${String(chunkOf("]}"))}0\r\n\r\n`,
  );
}

function upload(name: string, request: string, rest: string): Held {
  const after = `${headOf("json")}Content-Length: 2\r\n\r\n{}`;
  return { name, method: "POST", request, rest, before: "", after, first: "", body: "{}" };
}

function sent(
  { method, path, body }: Route,
  where: string,
): Pick<Held, "name" | "method" | "request"> {
  const length = body === undefined ? "" : `Content-Length: ${body.length}\r\n`;
  const request = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n${body ?? ""}`;
  return { name: `${method} ${path} ${body ?? ""} ${where}`, method, request };
}

function headOf(shape: Shape): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: ${TYPES[shape]}\r\n`;
}

/** The upstream's side: begins each answer when its request is there, and ends them all together. */
export function createHolder(held: readonly Held[]): {
  arrive(index: number, socket: Socket): void;
  finish(): void;
} {
  const waiting = new Map<Socket, Held>();
  return {
    arrive(index, socket) {
      const one = held[index];
      if (one === undefined) return;
      if (one.rest !== undefined) {
        socket.write(one.after);
        return;
      }
      if (one.before !== "") socket.write(one.before);
      waiting.set(socket, one);
    },
    finish() {
      for (const [socket, { after }] of waiting) socket.write(after);
    },
  };
}
