import { describe, expect, test } from "bun:test";
import { byteByByte, everySplit } from "../support/every-split.ts";
import { IN_ONE_PIECE, readChat, STREAMED } from "../support/findings.ts";
import { recordedAnswer, recordedChats } from "../support/recorded-answer.ts";

const CHATS = recordedChats().map((recording) => [recording.name, recording] as const);

/** Of these the upstream never said the end, or the client left before it. */
const WITHOUT_END = new Set([
  "chat-format-json",
  "chat-aborted",
  "chat-runner-died",
  "chat-server-died",
]);

test("the recordings hold 24 chat answers with status 200", () => {
  expect(CHATS.length).toBe(24);
});

describe.each(CHATS)("the answer of %s", (name, recording) => {
  const { contentType, body } = recordedAnswer(recording);
  const lines = String(body).trimEnd().split("\n");

  test("tells the figures of its final object in seconds and tokens", async () => {
    const { findings, scanned } = await readChat([body], { contentType });
    const final = JSON.parse(lines.at(-1) ?? "") as Record<string, unknown>;
    const told = findings.filter((finding) => finding !== "first token");
    const failed: "failed"[] = name === "chat-runner-died" ? ["failed"] : [];
    expect(told).toEqual(WITHOUT_END.has(name) ? failed : [figuresOf(final)]);
    expect(scanned).toBe(true);
  });

  test("tells a first token exactly if it is streamed and has one", async () => {
    const { findings } = await readChat([body], { contentType });
    const spoken = lines.some((line) => /"content":"[^"]|"thinking":"[^"]|"tool_calls"/.test(line));
    const wanted = contentType === STREAMED && spoken;
    expect(findings[0] === "first token").toBe(wanted);
    expect([STREAMED, IN_ONE_PIECE]).toContain(contentType);
  });

  test("tells the same when it is cut in two at any byte", async () => {
    const whole = await readChat([body], { contentType });
    for (const parts of everySplit(body)) {
      expect(await readChat(parts, { contentType })).toEqual(whole);
    }
  });

  test("tells the same when it comes byte by byte", async () => {
    const whole = await readChat([body], { contentType });
    expect(await readChat(byteByByte(body), { contentType })).toEqual(whole);
  });
});

/** As the exporter's table of metrics says, from the recorded object. */
function figuresOf(final: Readonly<Record<string, unknown>>): object {
  const table = {
    total: ["total_duration", 1e9],
    load: ["load_duration", 1e9],
    promptEval: ["prompt_eval_duration", 1e9],
    eval: ["eval_duration", 1e9],
    promptTokens: ["prompt_eval_count", 1],
    generatedTokens: ["eval_count", 1],
  } as const;
  const figures: Record<string, unknown> = { doneReason: final["done_reason"] };
  for (const [name, [field, unit]] of Object.entries(table)) {
    const value = final[field];
    if (typeof value === "number") figures[name] = value / unit;
  }
  const { total, load, promptEval = 0, eval: generation = 0 } = figures as Record<string, number>;
  if (total === undefined || load === undefined) return figures;
  return { ...figures, queue: expect.closeTo(total - load - promptEval - generation, 9) };
}
