import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { parseDuration } from "../../src/cli/duration.ts";
import { FLAGS } from "../../src/cli/flags.ts";
import { directive, SETTINGS } from "./unit-file.ts";

async function number(name: string): Promise<number> {
  const [value] = await directive(name);
  return Number(value);
}

test("the unit never denies memory that is written and run, which the JIT compiler needs", async () => {
  expect(await directive("MemoryDenyWriteExecute")).toEqual([]);
});

test("the unit waits longer than running answers are given by default", async () => {
  const grace = parseDuration(FLAGS.gracePeriod.default ?? "", "default") / 1000;
  expect(await number("TimeoutStopSec")).toBeGreaterThan(grace);
});

test("the settings say after how long the unit ends it", async () => {
  expect(await readFile(SETTINGS, "utf8")).toContain(`after ${await number("TimeoutStopSec")} s`);
});

test("the unit allows two descriptors for each request that runs at once", async () => {
  expect(await number("LimitNOFILE")).toBeGreaterThanOrEqual(2 * 65_336);
});

test("the unit allows netlink, by which the program learns this machine's own addresses", async () => {
  const [families = ""] = await directive("RestrictAddressFamilies");
  expect(families.split(" ")).toContain("AF_NETLINK");
});

test("the unit runs what the package installs, with settings that need not be there", async () => {
  expect(await directive("ExecStart")).toEqual(["/usr/bin/ollama-exporter"]);
  expect(await directive("EnvironmentFile")).toEqual(["-/etc/default/ollama-exporter"]);
});

test("the unit does not start it again after a wrong setting", async () => {
  expect(await directive("Restart")).toEqual(["on-failure"]);
  expect(await directive("RestartPreventExitStatus")).toEqual(["2"]);
});
