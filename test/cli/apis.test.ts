import { describe, expect, test } from "bun:test";
import { APIS } from "../../src/apis.ts";
import { parseApis } from "../../src/cli/apis.ts";

describe("a list of APIs", () => {
  test.each([
    ["chat", ["chat"]],
    ["chat,generate", ["chat", "generate"]],
    ["anthropic,chat", ["chat", "anthropic"]],
    [" openai , embed ", ["embed", "openai"]],
    ["chat,chat", ["chat"]],
    ["chat,generate,embed,openai,anthropic", [...APIS]],
    ["all", [...APIS]],
    [" all ", [...APIS]],
  ])("%j is read", (text, apis) => {
    expect(parseApis(text, "--observe")).toEqual(apis as (typeof APIS)[number][]);
  });

  test.each(["", ",", "chat,", "Chat", "chat generate", "ollama", "chat;embed", "*"])(
    "%j is refused with the words that are known",
    (text) => {
      expect(() => parseApis(text, "OLLAMA_EXPORTER_OBSERVE")).toThrow(
        `OLLAMA_EXPORTER_OBSERVE ${JSON.stringify(text)} is not a list of APIs: use chat, generate, ` +
          "embed, openai, anthropic with commas between them, or all, as in " +
          "OLLAMA_EXPORTER_OBSERVE=chat,generate",
      );
    },
  );

  test("that names others beside all is refused", () => {
    expect(() => parseApis("all,chat", "--observe")).toThrow(
      '--observe "all,chat" names APIs beside all: use all alone',
    );
  });
});
