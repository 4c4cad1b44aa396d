import { expect } from "bun:test";
import type { Socket } from "node:net";
import { messages } from "../daemon-process/log-lines.ts";
import { post } from "../daemon-process/raw-request.ts";
import { buildBinary, type RunningExporter, startExporter } from "../support/exporter.ts";
import { type Samples, scrape } from "../support/exposition.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOwnQuestion } from "../support/own-questions.ts";
import { chunkOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";
import type { Visit } from "../support/raw-upstream.ts";

/** The compiled binary in front of an upstream that the test scripts. */
export interface Scene extends AsyncDisposable {
  /** Where clients connect. */
  readonly url: string;
  readonly exporter: RunningExporter;
  readonly upstream: RawUpstream;
  /** What the upstream does with requests from now on; it answers chats well without it. */
  play(script?: (visit: Visit) => void): void;
  /** Who gets new connections of the upstream from now on; requests are read without it. */
  take(owner?: (socket: Socket) => void): void;
  /**
   * Expects that a chat works, that the metrics answer, that the log keeps to itself what it should,
   * and that nothing is left running: the exporter is asked to end, and does so at once.
   */
  expectHealthy(): Promise<Samples>;
}

export interface SceneOptions {
  readonly args?: readonly string[];
  readonly descriptors?: number;
}

/** In the query of requests, so that a log that has it has too much. */
export const SECRET = "s3cr3t";

export const CHAT_HEAD =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
export const CHAT_LINE =
  '{"model":"m","message":{"role":"assistant","content":"Yes"},"done":false}\n';
export const CHAT_END =
  '{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",' +
  '"total_duration":4000000,"eval_count":1}\n';
export const LAST_CHUNK = "0\r\n\r\n";

/** A chat request that is whole. */
export const CHAT = post(`/api/chat?${SECRET}`, '{"model":"m","messages":[]}');

/** A whole chat, as Ollama answers it. */
const WHOLE_CHAT = Buffer.concat([
  Buffer.from(CHAT_HEAD),
  chunkOf(CHAT_LINE),
  chunkOf(CHAT_END),
  Buffer.from(LAST_CHUNK),
]);

export async function startScene({ args = [], ...limits }: SceneOptions = {}): Promise<Scene> {
  let script: ((visit: Visit) => void) | undefined;
  let owner: ((socket: Socket) => void) | undefined;
  await using started = new AsyncDisposableStack();
  await buildBinary();
  const upstream = started.use(
    await startRawUpstream(
      (visit) => {
        if (answerOwnQuestion(visit)) return;
        if (script) script(visit);
        else visit.socket.write(WHOLE_CHAT);
      },
      (socket) => {
        const taking = owner;
        taking?.(socket);
        return taking !== undefined;
      },
    ),
  );
  const exporter = started.use(
    await startExporter({ target: "binary", upstream: upstream.url, args, ...limits }),
  );
  await exporter.says(/Ollama 0\.24\.0 answers/);
  const running = started.move();

  const { url } = exporter;
  return {
    url,
    exporter,
    upstream,
    play(next) {
      script = next;
    },
    take(next) {
      owner = next;
    },
    async expectHealthy() {
      script = undefined;
      owner = undefined;
      await expectChat(url);
      const samples = await scrape(url);
      exporter.signal("SIGTERM");
      const { code, stdout, stderr } = await exporter.exited;
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
      expectDiscreet(stderr, upstream.port);
      return samples;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Expects that a chat comes back whole. */
export async function expectChat(url: string): Promise<void> {
  const answer = await exchange(url, CHAT);
  expect(answer.startLine).toBe("HTTP/1.1 200 OK");
  expect(String(answer.body)).toBe(CHAT_LINE + CHAT_END);
}

/** Expects lines of the log alone, the upstream's address in the first of them at most. */
function expectDiscreet(stderr: string, port: number): void {
  const lines = messages(stderr);
  expect(lines.at(-1)).toBe("shutting down");
  expect(lines.filter((line) => line.includes(`:${port}`))).toEqual([
    expect.stringMatching(/^ollama-exporter \S+ listens on /),
  ]);
  expect(stderr).not.toContain(SECRET);
  expect(stderr).not.toContain("astray");
}
