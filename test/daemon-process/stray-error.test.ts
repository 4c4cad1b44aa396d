import { expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import { missing } from "../support/exporter.ts";

const runtime = new URL("../../src/runtime/this-runtime.ts", import.meta.url).href;

/** Lets two errors go astray, each from a place of its own, and says what came of it. */
const SCRIPT = `
  import { thisRuntime } from ${JSON.stringify(runtime)};
  const reported = [Promise.withResolvers(), Promise.withResolvers()];
  let reports = 0;
  thisRuntime.onStrayError(() => reported[reports++]?.resolve());
  void Promise.reject(new Error("rejected where nobody looks"));
  await reported[0].promise;
  queueMicrotask(() => { throw new Error("thrown where nobody looks"); });
  await reported[1].promise;
  console.log("still running after", reports);
`;

const COMMANDS = {
  bun: [process.execPath, "-e", SCRIPT],
  deno: ["deno", "eval", "--ext=ts", SCRIPT],
};

async function expectToSurvive(command: readonly string[]): Promise<void> {
  const child = Bun.spawn([...command], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  expect({ stdout, stderr, code }).toEqual({
    stdout: "still running after 2\n",
    stderr: "",
    code: 0,
  });
}

test("an error that goes astray on Bun is reported and does not end the process", async () => {
  await expectToSurvive(COMMANDS.bun);
});

test.skipIf(missing("deno") !== undefined)(
  "an error that goes astray on Deno is reported and does not end the process",
  async () => {
    await expectToSurvive(COMMANDS.deno);
  },
);
