import { findDialect } from "../../src/dialects/all.ts";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { createTextSink } from "../../src/dialects/text-sink.ts";
import type { Answer, SkipReason } from "../../src/exchange.ts";

/** What was told of one answer, in that order. */
export type Finding = "first token" | "failed" | Answer | { readonly skipped: SkipReason };

export interface Reading {
  readonly findings: readonly Finding[];
  /** False if the compression or the scanner failed. */
  readonly scanned: boolean;
}

export interface AnswerKind {
  readonly contentType?: string;
  readonly encoding?: string;
}

export const STREAMED = "application/x-ndjson";
export const IN_ONE_PIECE = "application/json; charset=utf-8";

/** The dialect of `POST /api/chat`. */
export function chatDialect(): Dialect {
  const dialect = findDialect("POST", "/api/chat");
  if (dialect === undefined) throw new Error("POST /api/chat has no dialect");
  return dialect;
}

/** Shows a chat answer to the scanner in these pieces and gives all that it tells. */
export async function readChat(
  chunks: Iterable<string | Uint8Array>,
  { contentType = STREAMED, encoding = "" }: AnswerKind = {},
): Promise<Reading> {
  const findings: Finding[] = [];
  const scanner = chatDialect().read(
    { contentType },
    {
      firstToken: () => void findings.push("first token"),
      answer: (answer) => void findings.push(answer),
      failed: () => void findings.push("failed"),
      skipped: (skipped) => void findings.push({ skipped }),
    },
  );
  const sink = createTextSink(encoding, scanner);
  if (sink === undefined) throw new Error(`no sink for the encoding "${encoding}"`);
  for (const chunk of chunks) {
    const drained = sink.write(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    if (drained) await drained;
  }
  sink.close();
  const scanned = await sink.scanned;
  return { findings, scanned };
}
