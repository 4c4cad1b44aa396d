import { createServer, type Socket } from "node:net";
import { fieldValues, type HttpMessage, parseMessage } from "../support/http-message.ts";

/** An upstream that takes offence at whatever a careful client would never send. */
export interface StrictUpstream extends AsyncDisposable {
  readonly url: string;
  /** The start lines of all complete requests. */
  readonly seen: readonly string[];
  /** What was wrong with requests, and bytes that came where no request belongs. */
  readonly offences: readonly string[];
}

export async function startStrictUpstream(
  answer: (request: HttpMessage, socket: Socket) => void,
): Promise<StrictUpstream> {
  const seen: string[] = [];
  const offences: string[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.once("close", () => void sockets.delete(socket));
    let received = Buffer.alloc(0);
    socket.on("data", (data: Buffer) => {
      received = Buffer.concat([received, data]);
      const request = parseMessage(received, { kind: "request" });
      if (request === undefined) return;
      // Nobody who waits for an answer has anything else to say on a connection.
      if (received.length > request.bytes) {
        offences.push(`more than a request: ${JSON.stringify(received.toString("latin1"))}`);
      }
      received = Buffer.alloc(0);
      seen.push(request.startLine);
      const offence = offenceOf(request, port);
      if (offence)
        offences.push(`${offence}: ${JSON.stringify([request.startLine, ...request.fields])}`);
      answer(request, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    offences,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function offenceOf(request: HttpMessage, port: number): string | undefined {
  if (!/^[A-Z]+ \/[!-~\u0080-\u00ff]* HTTP\/1\.1$/.test(request.startLine)) return "start line";
  if (fieldValues(request, "host").join() !== `127.0.0.1:${port}`) return "Host";
  const lengths = fieldValues(request, "content-length");
  const codings = fieldValues(request, "transfer-encoding");
  if (lengths.length + codings.length > 1) return "two framings";
  if (lengths.some((length) => !/^\d+$/.test(length))) return "length";
  if (codings.some((coding) => coding !== "chunked")) return "coding";
  // oxlint-disable-next-line no-control-regex: these are what is looked for
  const bad = request.fields.find(
    ([name, value]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\0\r\n]/.test(value),
  );
  return bad && "field";
}
