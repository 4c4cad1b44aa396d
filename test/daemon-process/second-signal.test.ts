import { expect, test } from "bun:test";
import { type RunningExporter, startExporter } from "../support/exporter.ts";
import { nextTurn } from "../support/next-turn.ts";
import { beginChat, startOpenChats } from "./open-chats.ts";

/** Sends a signal until the program has ended: the first of them may pass for an echo. */
async function insist(exporter: RunningExporter, signal: NodeJS.Signals): Promise<void> {
  let ended = false;
  void exporter.exited.then(() => (ended = true));
  while (!ended) {
    exporter.signal(signal);
    await nextTurn();
  }
}

test.each([
  ["SIGINT", "SIGINT", 130],
  ["SIGTERM", "SIGTERM", 143],
  ["SIGINT", "SIGTERM", 143],
  ["SIGTERM", "SIGINT", 130],
] as const)("%s and then %s end the program at once with %d", async (first, second, expected) => {
  await using upstream = await startOpenChats();
  const args = ["--grace-period", "10m"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  using client = await beginChat(exporter.url);
  exporter.signal(first);
  await exporter.says(/shutting down: 1 running/);
  await insist(exporter, second);
  const { code, stdout, stderr } = await exporter.exited;
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toMatch(/shutting down: [^\n]*\n$/);
  expect(String(await client.closed)).not.toContain("\r\n0\r\n\r\n");
});

test("a Ctrl-C that bun run passes on once more lets a running answer finish", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({
    target: "script",
    upstream: upstream.url,
    args: ["--grace-period", "10m"],
  });
  using client = await beginChat(exporter.url);
  process.kill(-exporter.pid, "SIGINT");
  await exporter.says(/shutting down: 1 running/);
  upstream.finish();
  expect(String(await client.closed)).toEndWith("\r\n0\r\n\r\n");
  expect((await exporter.exited).code).toBe(0);
});
