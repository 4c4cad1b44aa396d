import { describe, expect, test } from "bun:test";
import { createModelFinder } from "../../src/dialects/model-finder.ts";
import { byteByByte } from "../support/every-split.ts";
import { findModel } from "../support/find-model.ts";

/** Bytes of a text that have to be seen until the outcome is known. */
function bytesNeeded(text: string): number {
  const finder = createModelFinder();
  const bytes = byteByByte(Buffer.from(text));
  return bytes.findIndex((byte) => finder.push(byte)) + 1;
}

describe("the outcome is known with the last byte of", () => {
  test.each([
    ["the name", '{"model":"llama3.2"', ',"messages":[]}'],
    ["a name at the end", '{"messages":[],"model":"llama3.2"', "}"],
    ["the first byte of a number", '{"model":5', "5}"],
    ["the first byte of null", '{"model":n', "ull}"],
    ["the first byte of a list", '{"model":[', '"a"]}'],
    ["the first byte of an object", '{"model":{', '"a":1}}'],
    ["an object without it", '{"messages":[]}', " {}"],
    ["the first byte of a list that is the body", "[", "1,2]"],
    ["the first byte of what is no JSON", "m", "odel=b"],
    ["the first wrong byte", '{"x":1,y', ':1,"model":"a"}'],
  ])("%s", (_, needed, rest) => {
    expect(bytesNeeded(needed + rest)).toBe(needed.length);
  });
});

test("what is known stays so, whatever comes", () => {
  const finder = createModelFinder();
  expect(finder.push(Buffer.from('{"model":"a"'))).toBe(true);
  expect(finder.push(Buffer.from(',"model":"b"'))).toBe(true);
  expect(finder.push(Buffer.alloc(0))).toBe(true);
  expect(finder.push(Buffer.from("}"))).toBe(true);
  expect(finder.model).toBe("a");
});

test("empty chunks change nothing", () => {
  const empty = Buffer.alloc(0);
  const chunks = [empty, '{"x":"\\', empty, '"","model', empty, '":"', empty, 'a"', empty];
  expect(findModel(chunks)).toEqual({ model: "a", known: true, length: undefined });
});

describe("a model after 5 MB of text", () => {
  const LONG = 5_000_000;

  test.each([
    ["of letters", "a".repeat(LONG)],
    ["of escaped quotes", '\\"'.repeat(LONG / 2)],
    ["of backslashes", "\\\\".repeat(LONG / 2)],
    ["of characters of several bytes", "é".repeat(LONG / 2)],
  ])("%s is found, in one chunk and in many", (_, content) => {
    const text = Buffer.from(`{"messages":[{"images":["${content}"]}],"model":"a"}`);
    expect(findModel([text]).model).toBe("a");
    const size = 16_383;
    const count = Math.ceil(text.length / size);
    const chunks = Array.from({ length: count }, (__, i) =>
      text.subarray(i * size, (i + 1) * size),
    );
    expect(findModel(chunks)).toEqual({ model: "a", known: true, length: text.length });
  });

  test("of a million small values is found", () => {
    const text = `{"x":[${"[1],".repeat(1_000_000)}0],"model":"a"}`;
    expect(findModel([text]).model).toBe("a");
  });

  test("of a single key is found", () => {
    expect(findModel([`{"${"k".repeat(LONG)}":1,"model":"a"}`]).model).toBe("a");
  });
});

describe("a very long name", () => {
  test.each([431, 4096])("of %i bytes is found whole", (length) => {
    const name = "n".repeat(length);
    expect(findModel([`{"model":"${name}"}`]).model).toBe(name);
  });

  test.each([4097, 1_000_000])("of %i bytes is no model's, and that is known", (length) => {
    const outcome = findModel([`{"model":"${"n".repeat(length)}"`]);
    expect(outcome).toEqual({ model: undefined, known: true, length: undefined });
  });

  test("is the same when it is cut into small chunks", () => {
    const chunks = byteByByte(Buffer.from(`{"model":"${"n".repeat(4097)}"`));
    expect(findModel(chunks)).toEqual({ model: undefined, known: true, length: undefined });
  });
});
