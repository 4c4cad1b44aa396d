import { describe, expect, test } from "bun:test";
import { type LogFormat, type LogLevel, LOG_FORMATS, LOG_LEVELS } from "../src/config.ts";
import { createLog, type Fields, type Log } from "../src/log.ts";

/** What a log writes, write by write. */
function written(format: LogFormat, use: (log: Log) => void, level: LogLevel = "info"): string[] {
  const writes: string[] = [];
  use(createLog({ level, format, write: (text) => void writes.push(text) }));
  return writes;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;

const textOf = (message: string, fields?: Fields): string =>
  written("text", (log) => log.info(message, fields))
    .join("")
    .replace(TIME, "TIME");

const jsonOf = (message: string, fields?: Fields): unknown =>
  JSON.parse(written("json", (log) => log.info(message, fields)).join(""));

describe("a message in text", () => {
  test("has its time, its level and its fields", () => {
    const fields = { path: "/api/chat", status: 200, cached: false };
    expect(textOf("request", fields)).toBe(
      "TIME INFO  request path=/api/chat status=200 cached=false\n",
    );
  });

  test("has no field that is undefined", () => {
    expect(textOf("request", { model: undefined, status: 200 })).toBe(
      "TIME INFO  request status=200\n",
    );
  });

  test.each([
    ["a space", "a b", '"a b"'],
    ["a quote", 'a"b', '"a\\"b"'],
    ["a newline", "a\nb", '"a\\nb"'],
    ["a return", "a\r\nb", '"a\\r\\nb"'],
    ["an escape", "\u001B[31m", '"\\u001b[31m"'],
    ["an equals sign", "a status=500", '"a status=500"'],
    ["an equals sign alone", "a=b", '"a=b"'],
    ["a backslash", "a\\b", '"a\\\\b"'],
    ["nothing", "", '""'],
    ["a letter beyond ASCII", "é", '"é"'],
  ])("quotes a value with %s", (_, value, shown) => {
    expect(textOf("request", { path: value })).toBe(`TIME INFO  request path=${shown}\n`);
  });

  test("does not quote what nobody could take for something else", () => {
    for (const value of ["llama3.2:latest", "/api/chat", "::1", "a%20b", "hf.co/u/r:Q4_K_M"]) {
      expect(textOf("request", { x: value })).toBe(`TIME INFO  request x=${value}\n`);
    }
  });
});

describe("a message in JSON", () => {
  test("has its time, its level and its fields", () => {
    const entry = jsonOf("request", { path: "/x", status: 200, cached: false, model: undefined });
    expect(entry).toEqual({
      time: expect.stringMatching(/^\S{23}Z$/),
      level: "info",
      message: "request",
      path: "/x",
      status: 200,
      cached: false,
    });
  });

  test("keeps its message and its values whatever is in them", () => {
    const nasty = 'a\n"b"\r\u001B[31m\u2028é\\';
    expect(jsonOf(nasty, { path: nasty })).toMatchObject({ message: nasty, path: nasty });
  });
});

describe.each(LOG_FORMATS)("in %s", (format) => {
  test.each([
    ["newlines", "a\nb\r\nc\n"],
    ["quotes", `a"b'c`],
    ["a forged line", "x\n2026-11-22T12:00:00.000Z INFO  all is well"],
    ["formats", "%s %d %j %o %%"],
    ["nothing", ""],
    ["much", "x".repeat(100_000)],
  ])("a message with %s is one line", (_, text) => {
    const lines = written(format, (log) => log.info(text, { value: text }));
    expect(lines.length).toBe(1);
    expect(lines[0]?.match(/[\n\r]/g)).toEqual(["\n"]);
    expect(lines[0]).toEndWith("\n");
  });

  test("100 equal messages are 100 lines", () => {
    const lines = written(format, (log) => {
      for (let i = 0; i < 100; i++) log.info("request", { status: 200 });
    });
    expect(lines.length).toBe(100);
    expect(lines.every((line) => line.includes("request"))).toBe(true);
  });

  test.each(LOG_LEVELS.map((level, i) => [level, LOG_LEVELS.slice(0, i + 1)] as const))(
    "the level %s shows what is as grave or graver",
    (level, shown) => {
      const lines = written(
        format,
        (log) => LOG_LEVELS.forEach((one) => log[one](`said as ${one}`)),
        level,
      );
      expect(lines.map((line) => /said as (\w+)/.exec(line)?.[1])).toEqual([...shown]);
      for (const [i, line] of lines.entries()) {
        expect(line.toLowerCase().split("said as")[0]).toContain(shown[i] as string);
      }
    },
  );
});

test.each(["\u001B[2J", "\u0007", "\u007F", "\u009B31m", "\u0085", "\u2028", "\u202E"])(
  "a terminal cannot be steered by %j in a message or a value",
  (text) => {
    expect(textOf(text)).not.toContain(text);
    expect(textOf("request", { path: text })).not.toContain(text);
  },
);
