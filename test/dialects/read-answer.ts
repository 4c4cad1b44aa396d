import { findDialect } from "../../src/dialects/all.ts";
import { createTextSink } from "../../src/dialects/text-sink.ts";
import type { AnswerKind, Finding, Reading } from "../support/findings.ts";

const EVENTS = "text/event-stream";
export const JSON_TYPE = "application/json";

/** Shows an answer of the API at this path to its scanner in these pieces; gives all that it tells. */
export async function readAnswer(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  { contentType = EVENTS, encoding = "" }: AnswerKind = {},
): Promise<Reading> {
  const dialect = findDialect("POST", path);
  if (dialect === undefined) throw new Error(`POST ${path} has no dialect`);
  const findings: Finding[] = [];
  const scanner = dialect.read(
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

/** What is told of a text that comes in one piece. */
export async function toldOf(
  path: string,
  text: string,
  contentType?: string,
): Promise<readonly Finding[]> {
  const kind = contentType === undefined ? {} : { contentType };
  return (await readAnswer(path, [text], kind)).findings;
}
