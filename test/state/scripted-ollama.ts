import type { Socket } from "node:net";
import { parseUpstream } from "../../src/cli/upstream-address.ts";
import type { ProbedEndpoint } from "../../src/ollama-state.ts";
import { createUpstream } from "../../src/proxy/upstream.ts";
import { bun } from "../../src/runtime/bun.ts";
import { createStateReader, type StateReader } from "../../src/state/state-reader.ts";
import { answerOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";

/** A JSON value, or what is done with the connection. */
type Script = unknown;

export interface ScriptedOllama extends AsyncDisposable {
  readonly reader: StateReader;
  readonly upstream: RawUpstream;
  /** What each endpoint answers from now on. */
  readonly answers: Record<ProbedEndpoint, Script>;
  /** The endpoints that were asked since the last time, sorted. */
  asked(): string[];
  /** Resolves when so many requests have come. */
  requests(count: number): Promise<void>;
  /** Moves the reader's clock on. */
  pass(milliseconds: number): void;
}

export const MODEL = { name: "a:latest", model: "a:latest", size: 10, size_vram: 4 };

/** An Ollama that is scripted at the byte level, and a reader whose clock stands still. */
export async function startScriptedOllama(): Promise<ScriptedOllama> {
  const answers: Record<ProbedEndpoint, Script> = {
    ps: { models: [MODEL] },
    tags: { models: [MODEL] },
    version: { version: "0.24.0" },
  };
  let wake = Promise.withResolvers<void>();
  const upstream = await startRawUpstream(({ request, socket }) => {
    const answer = answers[endpointOf(request.startLine)];
    if (typeof answer === "function") (answer as (socket: Socket) => void)(socket);
    else socket.write(answerOf(JSON.stringify(answer)));
    wake.resolve();
    wake = Promise.withResolvers();
  });
  let now = 0;
  const address = parseUpstream(upstream.url, "test");
  const reader = createStateReader({ upstream: createUpstream(address, bun.send), now: () => now });
  let seen = 0;
  return {
    reader,
    upstream,
    answers,
    asked() {
      const fresh = upstream.visits.slice(seen);
      seen = upstream.visits.length;
      return fresh.map(({ request }) => endpointOf(request.startLine)).toSorted();
    },
    async requests(count) {
      while (upstream.visits.length < count) await wake.promise;
    },
    pass: (milliseconds) => void (now += milliseconds),
    [Symbol.asyncDispose]: upstream.stop,
  };
}

function endpointOf(startLine: string): ProbedEndpoint {
  const [, endpoint] = /^GET \/api\/(ps|tags|version) HTTP\/1\.1$/.exec(startLine) ?? [];
  if (endpoint === undefined) throw new Error(`nobody should ask for ${startLine}`);
  return endpoint as ProbedEndpoint;
}
