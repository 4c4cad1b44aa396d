import { expect, test } from "bun:test";
import { createRandom, pick, type Random } from "../../scripts/simulated-ollama/random.ts";
import { findModel } from "../support/find-model.ts";

const PIECES = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "model",
  "\n",
  "é",
  "😀",
  "a",
  " ",
] as const;

function anyString(random: Random): string {
  return Array.from({ length: Math.floor(random() * 6) }, () => pick(random, PIECES)).join("");
}

function anyValue(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 6 : 4));
  const several = (): number => Math.floor(random() * 4);
  if (kind === 0) return random() - 0.5;
  if (kind === 1) return pick(random, [true, false, null]);
  if (kind < 4) return anyString(random);
  if (kind === 4) return Array.from({ length: several() }, () => anyValue(random, depth - 1));
  const names = Array.from({ length: several() }, () => pick(random, ["model", anyString(random)]));
  return Object.fromEntries(names.map((name) => [name, anyValue(random, depth - 1)]));
}

function cutAnywhere(random: Random, bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = 1 + Math.floor(random() * 12);
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}

test("the model of 5,000 random bodies is what JSON.parse finds, however they are cut", () => {
  const random = createRandom(3);
  let withModel = 0;
  for (let i = 0; i < 5000; i++) {
    const before = Object.fromEntries([[`${anyString(random)}!`, anyValue(random, 3)]]);
    const model = anyValue(random, 1);
    const body = { ...before, ...(random() < 0.8 && { model }), [`${anyString(random)}?`]: 1 };
    const text = JSON.stringify(body, null, pick(random, [0, 1]));
    const wanted = typeof body.model === "string" ? body.model : undefined;
    if (wanted !== undefined) withModel++;
    const found = findModel(cutAnywhere(random, Buffer.from(text)));
    expect({ text, ...found }).toEqual({
      text,
      model: wanted,
      known: true,
      length: Buffer.byteLength(text),
    });
  }
  expect(withModel).toBeGreaterThan(1000);
});
