import { isDeepStrictEqual } from "node:util";
import { endToEndFields } from "./end-to-end.ts";
import { fieldValues, type HttpMessage, parseMessage } from "./http-message.ts";
import { answerOf, startRawUpstream, type Visit } from "./raw-upstream.ts";
import type { Recording } from "./recordings.ts";
import { startTurns, writePieces } from "./turns.ts";

/** An upstream that answers as the real Ollama did, and only to what the real Ollama was asked. */
export interface ReplayUpstream extends AsyncDisposable {
  readonly url: string;
  readonly visits: readonly Visit[];
  /** How requests differed from their recordings. They were answered with 500 and this text. */
  readonly mismatches: readonly string[];
  /**
   * Answers one more request with this recording. The answer is written in one piece for each
   * border, as it was recorded unless told otherwise.
   */
  next(recording: Recording, borders?: readonly number[]): void;
  stop(): Promise<void>;
}

export async function startReplayUpstream(): Promise<ReplayUpstream> {
  const planned: { recording: Recording; borders: readonly number[] }[] = [];
  const mismatches: string[] = [];
  const turns = await startTurns();

  const upstream = await startRawUpstream(({ request, socket }) => {
    const next = planned.shift();
    const mismatch = next ? mismatchOf(request, next.recording, upstream.port) : "is not expected";
    if (next && mismatch === undefined) {
      void writePieces(socket, next.recording.response, next.borders, turns.turn);
      return;
    }
    const text = `${next?.recording.name ?? request.startLine}: ${mismatch}`;
    mismatches.push(text);
    socket.end(answerOf(text, { status: "500 Internal Server Error" }));
  });
  const stop = async (): Promise<void> => {
    await upstream.stop();
    await turns[Symbol.asyncDispose]();
  };
  return {
    url: upstream.url,
    visits: upstream.visits,
    mismatches,
    next(recording, borders = recording.segments.map(([, offset]) => offset)) {
      planned.push({ recording, borders });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** How a request differs from the recorded one; undefined if a proxy may have made it of that. */
function mismatchOf(got: HttpMessage, recording: Recording, port: number): string | undefined {
  const wanted = parseMessage(recording.request, { kind: "request" });
  if (wanted === undefined) return "is not a complete request";
  if (got.startLine !== wanted.startLine) return `${got.startLine}, not ${wanted.startLine}`;
  if (!got.body.equals(wanted.body)) return `the body is ${JSON.stringify(String(got.body))}`;

  const hosts = fieldValues(got, "host");
  if (!isDeepStrictEqual(hosts, [`127.0.0.1:${port}`])) return `Host is ${hosts.join()}`;
  const fields = endToEndFields(got, "host");
  const wantedFields = endToEndFields(wanted, "host");
  // Bun says so of an OPTIONS that has no body, which means the same (RFC 9110 §8.6).
  if (recording.method === "OPTIONS") wantedFields["content-length"] ??= "0";
  if (isDeepStrictEqual(fields, wantedFields)) return undefined;
  return `the fields are ${JSON.stringify(fields)}, not ${JSON.stringify(wantedFields)}`;
}
