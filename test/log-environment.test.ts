import { expect, test } from "bun:test";

const LOG = new URL("../src/log.ts", import.meta.url).href;

/** Says one message of each level at the level info, and 20 equal ones. */
const PROGRAM = `
  import { createLog } from ${JSON.stringify(LOG)};
  const write = (line) => void process.stdout.write(line);
  const log = createLog({ level: "info", format: "text", write });
  for (const level of ["error", "warn", "info", "debug"]) log[level](level);
  for (let i = 0; i < 20; i++) log.info("again");
`;

test.each([
  {},
  { CONSOLA_LEVEL: "0" },
  { CONSOLA_LEVEL: "5" },
  { DEBUG: "1" },
  { TEST: "1" },
  { NODE_ENV: "test" },
  { CI: "1" },
  { NO_COLOR: "1" },
  { FORCE_COLOR: "1" },
])("the environment %j changes nothing in the log", async (env) => {
  const child = Bun.spawn([process.execPath, "--no-env-file", "-e", PROGRAM], {
    env: { PATH: process.env["PATH"], ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const lines = (await new Response(child.stdout).text()).split("\n");
  const said = lines.map((line) => line.split(" ").slice(1).join(" "));
  expect(await new Response(child.stderr).text()).toBe("");
  expect(said).toEqual([
    "ERROR error",
    "WARN  warn",
    "INFO  info",
    ...Array<string>(20).fill("INFO  again"),
    "",
  ]);
});
