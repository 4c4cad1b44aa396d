import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { REFUSED, STREAMED, WHOLE } from "./answers.ts";

/** A request as the upstream saw it. */
interface Seen {
  /** Method and target. */
  readonly line: string;
  readonly body: string;
}

/** An Ollama that sends each chunk of a stream only when it is told to. */
export interface ScriptedUpstream extends AsyncDisposable {
  readonly url: string;
  /** Every request so far but those that the exporter makes for itself. */
  readonly seen: readonly Seen[];
  /** Lets the stream that runs, or the next one, send its next chunk. */
  sendNext(): void;
}

export async function startUpstream(): Promise<ScriptedUpstream> {
  const seen: Seen[] = [];
  const gate = createGate();
  const server = createServer((request, response) => {
    // The client has left, and its check has failed.
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`;
    if (line === "GET /api/version") return send(response, 200, '{"version":"0.24.0"}');
    if (request.headers["user-agent"]?.startsWith("ollama-exporter/")) {
      return send(response, 404, REFUSED);
    }
    const body = await text(request);
    seen.push({ line, body });
    if (line !== "POST /api/chat") return send(response, 404, REFUSED);
    if (body.includes('"stream":false')) return send(response, 200, WHOLE);
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    for (const chunk of STREAMED) {
      await gate.pass();
      response.write(chunk);
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    sendNext: gate.open,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": length });
  response.end(body);
}

/** Each opening lets one pass, now or later. */
function createGate(): { open(): void; pass(): Promise<void> } {
  let openings = 0;
  let waiting: (() => void) | undefined;
  return {
    open() {
      openings++;
      waiting?.();
    },
    async pass() {
      while (openings === 0) await new Promise<void>((resolve) => (waiting = resolve));
      openings--;
    },
  };
}
