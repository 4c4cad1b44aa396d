import { expect } from "bun:test";
import type { Socket } from "node:net";
import { buildBinary, type RunningExporter, startExporter } from "../support/exporter.ts";
import { scrape } from "../support/exposition.ts";
import { fieldValues, type HttpMessage, parseMessage } from "../support/http-message.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { answerOwnQuestion } from "../support/own-questions.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { skipWithout } from "../support/skip-without.ts";
import { type StrictUpstream, startStrictUpstream } from "./strict-upstream.ts";

/** The exporter between attackers on one side and an upstream that tells marked requests apart. */
export interface Arena extends AsyncDisposable {
  readonly url: string;
  readonly exporter: RunningExporter;
  readonly upstream: StrictUpstream;
  /** Somebody else, on a connection of their own, whose answers must not suffer. */
  bystander(): Bystander;
  /** Expects that nothing of what has happened has left a trace. */
  expectUnharmed(): Promise<void>;
}

export interface Bystander extends Disposable {
  /** Makes a marked request and expects its own answer; what came before it at the exporter is done. */
  ask(): Promise<void>;
}

const MARK = "x-bystander";
const MOST_MEMORY = 200 * 1024 * 1024;

/** Of the runtime's own making: connections that it keeps for the next request. */
const MOST_KEPT = 64;

export async function startArena(
  attacked: (request: HttpMessage, socket: Socket) => void,
): Promise<Arena> {
  await using started = new AsyncDisposableStack();
  await buildBinary();
  const upstream = started.use(
    await startStrictUpstream((request, socket) => {
      const [mark] = fieldValues(request, MARK);
      if (mark !== undefined) socket.write(answerOf(`for bystander ${mark}`));
      else if (!answerOwnQuestion({ request, socket })) attacked(request, socket);
    }),
  );
  const exporter = started.use(
    await startExporter({ target: "binary", upstream: upstream.url, args: [] }),
  );
  await exporter.says(/Ollama 0\.24\.0 answers/);
  const before = await scrape(exporter.url);
  const running = started.move();
  let bystanders = 0;

  return {
    url: exporter.url,
    exporter,
    upstream,
    bystander: () => createBystander(exporter.url, ++bystanders),
    async expectUnharmed() {
      expect(upstream.offences).toEqual([]);
      await expectValidPage(exporter.url);
      const after = await scrape(exporter.url);
      const value = (samples: typeof after, name: string): number => samples.get(name) ?? NaN;
      const startTime = "process_start_time_seconds";
      expect(value(after, startTime)).toBe(value(before, startTime));
      expect(value(after, "process_resident_memory_bytes")).toBeLessThan(MOST_MEMORY);
      const open = "process_open_fds";
      expect(value(after, open)).toBeLessThan(value(before, open) + MOST_KEPT);
      exporter.signal("SIGTERM");
      const { code, stdout, stderr } = await exporter.exited;
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
      // It would tell the number of running answers.
      expect(stderr).toEndWith(" INFO  shutting down\n");
      expect(stderr).not.toContain("astray");
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Asks in several ways in turn: over kept and fresh connections of the upstream, measured and not. */
function createBystander(url: string, id: number): Bystander {
  let client: RawClient | undefined;
  let asked = 0;
  let read = 0;
  return {
    async ask() {
      const mark = `${id}-${++asked}`;
      if (asked % 100 === 1) {
        client?.socket.destroy();
        client = openRawClient(url, "");
        read = 0;
      }
      if (client === undefined) return;
      const own = client;
      own.socket.write(asked % 2 === 0 ? getMarked(mark) : postMarked(mark));
      const answer = (): HttpMessage | undefined =>
        parseMessage(own.received().subarray(read), { kind: "response" });
      await own.until(() => answer() !== undefined);
      const message = answer();
      expect([message?.startLine, String(message?.body)]).toEqual([
        "HTTP/1.1 200 OK",
        `for bystander ${mark}`,
      ]);
      read += message?.bytes ?? 0;
      expect(own.received().length).toBe(read);
    },
    [Symbol.dispose]: () => void client?.socket.destroy(),
  };
}

function getMarked(mark: string): string {
  return `GET /api/tags HTTP/1.1\r\nHost: localhost\r\n${MARK}: ${mark}\r\n\r\n`;
}

function postMarked(mark: string): string {
  const body = '{"model":"bystander"}';
  return `POST /api/chat HTTP/1.1\r\nHost: localhost\r\n${MARK}: ${mark}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Has Prometheus' own tool read the metrics, where it is. */
async function expectValidPage(url: string): Promise<void> {
  const page = await (await fetch(`${url}/metrics`)).text();
  if (skipWithout("promtool") !== undefined) return;
  const promtool = Bun.spawn(["promtool", "check", "metrics"], {
    stdin: new Blob([page]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [code, stderr] = await Promise.all([promtool.exited, new Response(promtool.stderr).text()]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}
