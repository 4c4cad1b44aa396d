import { beforeAll, describe, expect, test } from "bun:test";
import { beginChat, FIRST, LAST, startOpenChats } from "../daemon-process/open-chats.ts";
import { refusal } from "../daemon-process/tcp.ts";
import {
  buildBinary,
  type RunningExporter,
  runProgram,
  startExporter,
} from "../support/exporter.ts";
import { parseMessage } from "../support/http-message.ts";
import { AS_ON_WINDOWS as env } from "./ways.ts";

beforeAll(buildBinary);

describe.each(["source", "binary"] as const)("As on Windows, the %s", (target) => {
  const start = (upstream: string): Promise<RunningExporter> =>
    startExporter({ target, upstream, args: ["--grace-period", "10m"], env });

  test("serves in its child alone and ends with it after a signal", async () => {
    await using upstream = await startOpenChats();
    await using exporter = await start(upstream.url);
    using client = await beginChat(exporter.url);
    exporter.signal("SIGTERM");
    await exporter.says(/shutting down: 1 running/);
    await refusal(exporter.url);
    upstream.finish();
    const answer = parseMessage(await client.closed, { kind: "response" });
    expect(String(answer?.body)).toBe(FIRST + LAST);
    const { code, stderr } = await exporter.exited;
    expect(code).toBe(0);
    expect(stderr.match(/listens on/g)).toHaveLength(1);
  });

  test("ends with the code of its child", async () => {
    await using version = runProgram({ target, args: ["--version"], env });
    const { code, stdout } = await version.exited;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ollama-exporter [^\n]+\n$/);
    await using wrong = runProgram({ target, args: ["two words"], env });
    expect(await wrong.exited).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr()).toMatch(/^ollama-exporter: unknown command "two words"[^\n]*\n$/);
  });
});
