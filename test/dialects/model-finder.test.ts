import { describe, expect, test } from "bun:test";
import { byteByByte, everySplit } from "../support/every-split.ts";
import { type Found, findModel } from "../support/find-model.ts";

/** What is found in a text, however it is cut. */
function found(text: string | Uint8Array): Found {
  const bytes = Buffer.from(text as string);
  const whole = findModel([bytes]);
  for (const parts of everySplit(bytes)) expect(findModel(parts)).toEqual(whole);
  if (bytes.length > 0) expect(findModel(byteByByte(bytes))).toEqual(whole);
  return whole;
}

const raw = String.raw;

describe("a model is found", () => {
  test.each([
    ["at the beginning", '{"model":"a","messages":[]}', "a"],
    ["at the end", '{"messages":[{"role":"user","content":"hi"}],"stream":false,"model":"a"}', "a"],
    ["alone", '{"model":"a"}', "a"],
    ["amid white space", ' \r\n\t{ "model" \n:\t"a" , "x" : 1 } \n', "a"],
    ["after nested ones", '{"options":{"model":"b"},"tools":[{"model":"c"}],"model":"a"}', "a"],
    ["before a nested one", '{"model":"a","options":{"model":"b"}}', "a"],
    ["after lists of lists", '{"x":[[[],["model","b"]],{}],"model":"a"}', "a"],
    ["after numbers and words", '{"x":-1.5e+3,"y":true,"z":null,"w":false,"model":"a"}', "a"],
    ["after a value that says model", '{"x":"model","y":["model"],"model":"a"}', "a"],
    ["after an empty key", '{"":"b","model":"a"}', "a"],
    ["after keys that are longer or shorter", '{"models":"b","mode":"c","model":"a"}', "a"],
    ["after brackets in strings", '{"x":"}]{[","y":"{\\"model\\":\\"b\\"}","model":"a"}', "a"],
    ["as the first of two", '{"model":"a","model":"b"}', "a"],
    ["under a key in capitals", '{"MODEL":"a"}', "a"],
    ["under a key in mixed case", '{"x":1,"moDel":"a"}', "a"],
    ["under an escaped key", raw`{"m\u006fdel":"a"}`, "a"],
    ["under a key that is all escapes", raw`{"\u006D\u006f\u0064\u0065\u006c":"a"}`, "a"],
    ["with an escaped name", raw`{"model":"l\u006cama\/x\u003alatest"}`, "llama/x:latest"],
    ["with quotes in its name", raw`{"model":"a\"b\\"}`, 'a"b\\'],
    ["with a newline in its name", raw`{"model":"a\nb"}`, "a\nb"],
    ["with characters of several bytes", '{"model":"é😀日本"}', "é😀日本"],
    ["with an empty name", '{"model":""}', ""],
    ["though what follows is cut", '{"model":"a","messages":[{"con', "a"],
    ["though what follows is wrong", '{"model":"a" "x" ]', "a"],
  ])("%s", (_, text, model) => {
    const outcome = found(text);
    expect(outcome.model).toBe(model);
    expect(outcome.known).toBe(true);
  });
});

describe("strings before the model are skipped whatever is escaped in them", () => {
  test.each([
    raw`\"`,
    raw`\\`,
    raw`\\\"`,
    raw`\\\\`,
    raw`\"\"`,
    raw`x\\\"x\\`,
    raw`\u0022`,
    raw`\"model\":\"b\",`,
    raw`\\\\\\\"\\`,
    "",
  ])("%s", (content) => {
    expect(found(`{"${content}":"${content}","x":["${content}"],"model":"a"}`).model).toBe("a");
  });
});

describe("no model is found", () => {
  test.each([
    ["where there is none", '{"messages":[]}'],
    ["in an empty object", "{}"],
    ["where it is nested only", '{"options":{"model":"b"}}'],
    ["where it is a number", '{"model":5,"model":"b"}'],
    ["where it is null", '{"model":null,"model":"b"}'],
    ["where it is true", '{"model":true}'],
    ["where it is an object", '{"model":{"model":"b"}}'],
    ["where it is a list", '{"model":["b"]}'],
    ["in a list", '[{"model":"b"}]'],
    ["in a string", '"{\\"model\\":\\"b\\"}"'],
    ["in a number", "5"],
    ["in null", "null"],
    ["in what is no JSON", "model=b"],
    ["where the key has no quotes", '{model:"b"}'],
    ["where the colon is missing", '{"model" "b"}'],
    ["where a comma is missing", '{"x":"y" "model":"b"}'],
    ["where the escape is none", raw`{"model":"\x"}`],
    ["after the object", '{} {"model":"b"}'],
  ])("%s", (_, text) => {
    const outcome = found(text);
    expect(outcome.model).toBeUndefined();
    expect(outcome.known).toBe(true);
  });

  test.each(["", " \n", "{", '{"mod', '{"model"', '{"model":', '{"model":"a', '{"x":[{"y":"z"}'])(
    "in what is cut short, and more is awaited: %j",
    (text) => {
      const outcome = found(text);
      expect(outcome).toEqual({ model: undefined, known: false, length: undefined });
    },
  );
});

test("a name that is no UTF-8 is read with marks in place of what is wrong", () => {
  const text = Buffer.from('{"model":"a?b","x":1}');
  text[text.indexOf("?")] = 0xff;
  expect(found(text).model).toBe("a\uFFFDb");
});

test("a string before it that is no UTF-8 does not matter", () => {
  const text = Buffer.from('{"x":"??","model":"a"}');
  text.fill(0xc3, text.indexOf("?"), text.lastIndexOf("?") + 1);
  expect(found(text).model).toBe("a");
});

test("the length of the object is told once it is closed, and what follows is left out", () => {
  for (const text of ['{"model":"a","x":{"y":[1,"}"]}}', "{}", '{"model":null}', '\n{"é":"}"}']) {
    for (const rest of ["", " ", '\n{"model":"b"}', "}}"]) {
      expect(found(text + rest).length).toBe(Buffer.byteLength(text));
    }
  }
});

test("the length of an object that stays open is not told", () => {
  for (const text of ['{"model":"a"', '{"model":"a","x":[}', '{"x":"}', "[]", "x"]) {
    expect(found(text).length).toBeUndefined();
  }
});
