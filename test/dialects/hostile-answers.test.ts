import { expect, test } from "bun:test";
import { createRandom, type Random } from "../../scripts/simulated-ollama/random.ts";
import { findDialect } from "../../src/dialects/all.ts";
import type { Finding } from "../support/findings.ts";
import { recordedAnswer } from "../support/recorded-answer.ts";
import { recordings } from "../support/recordings.ts";
import { readAnswer } from "./read-answer.ts";

const ANSWERS = recordings().filter(
  ({ method, path, status }) => status === 200 && findDialect(method, path),
);

const MUTATIONS = 200;

const TREATS = [
  '"usage":{',
  '"error":',
  '"done":true',
  "data: [DONE]\n\n",
  "event: error\n",
  '{"type":"message_stop"}',
  "[[[[",
  '"\\',
  "\n\n",
  "1e999",
  "\u0000",
  "null",
];

function mutated(bytes: Buffer, random: Random): Buffer {
  const at = Math.floor(random() * bytes.length);
  const size = Math.floor(random() * 40);
  const treat = TREATS[Math.floor(random() * TREATS.length)] ?? "";
  const middle = random() < 0.5 ? Buffer.from(treat) : Buffer.from([Math.floor(random() * 256)]);
  return Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + size)]);
}

/** Told once at most, a first token before anything else, and either an answer or that it failed. */
function isInOrder(findings: readonly Finding[]): boolean {
  const told = findings.filter((finding) => !("skipped" in Object(finding)));
  const ends = told.filter((finding) => finding !== "first token");
  return ends.length <= 1 && told.length - ends.length <= 1 && told.lastIndexOf("first token") <= 0;
}

test.each(ANSWERS.map((recording) => [recording.name, recording] as const))(
  "whatever is done to %s, its scanner stays sound and tells one end at most",
  async (name, recording) => {
    const random = createRandom(Bun.hash.xxHash32(name));
    const { contentType, body } = recordedAnswer(recording);
    for (let count = 0; count < MUTATIONS; count++) {
      let bytes = body;
      for (let times = 0; times <= count % 4; times++) bytes = mutated(bytes, random);
      const half = Math.floor(random() * bytes.length);
      const parts = [bytes.subarray(0, half), bytes.subarray(half)];
      const { findings, scanned } = await readAnswer(recording.path, parts, { contentType });
      expect([count, scanned, isInOrder(findings)]).toEqual([count, true, true]);
    }
  },
);

test("each scanner stays sound when it is shown the answers of the others", async () => {
  for (const { path } of ANSWERS) {
    for (const recording of ANSWERS) {
      const { contentType, body } = recordedAnswer(recording);
      const { findings, scanned } = await readAnswer(path, [body], { contentType });
      expect([path, recording.name, scanned]).toEqual([path, recording.name, true]);
      expect(isInOrder(findings)).toBe(true);
    }
  }
});
