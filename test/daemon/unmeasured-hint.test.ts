import { expect, test } from "bun:test";
import { type Api, APIS } from "../../src/apis.ts";
import { parseApis } from "../../src/cli/apis.ts";
import { createUnmeasuredHint } from "../../src/daemon/unmeasured-hint.ts";
import { createLog } from "../../src/log.ts";

/** What is said of requests of these APIs, without the times. */
function said(observe: readonly Api[], requests: readonly Api[]): string[] {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line.slice(line.indexOf(" ") + 1, -1));
  const hint = createUnmeasuredHint(createLog({ level: "info", format: "text", write }), observe);
  for (const api of requests) hint(api);
  return lines;
}

test("The first request of an API that is not measured names the flag that would measure it", () => {
  expect(said(["chat"], ["openai"])).toEqual([
    "INFO  a client uses the openai API, which is not measured: --observe chat,openai",
  ]);
});

test("Each API is told of once", () => {
  const lines = said(["chat"], ["generate", "openai", "generate", "openai", "generate"]);
  expect(lines.length).toBe(2);
});

test("What is named is what the flag takes", () => {
  for (const api of APIS) {
    const [line = ""] = said(
      APIS.filter((other) => other !== api),
      [api],
    );
    expect(parseApis(line.split("--observe ")[1] ?? "", "--observe")).toEqual(APIS);
  }
});
