import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { beginChat, startOpenChats } from "./open-chats.ts";

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
  exporter.signal(second);
  const { code, stdout, stderr } = await exporter.exited;
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toMatch(/shutting down: [^\n]*\n$/);
  expect(String(await client.closed)).not.toContain("\r\n0\r\n\r\n");
});
