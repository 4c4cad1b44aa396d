import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { installScript } from "../../scripts/pack/install-script.ts";
import type { Visit } from "../support/raw-upstream.ts";
import { createMachine } from "./machine.ts";
import { ARCHIVE, releaseFiles, sendHalf, startRelease } from "./release.ts";
import { unixTest } from "./unix-test.ts";

const files = await releaseFiles();

unixTest.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s in the middle of a download ends it at once and leaves nothing",
  async (name, code) => {
    await using machine = await createMachine();
    const reached = Promise.withResolvers<Visit>();
    await using release = await startRelease({
      ...files,
      [ARCHIVE](visit) {
        sendHalf(visit.socket, files[ARCHIVE]!);
        reached.resolve(visit);
      },
    });
    const installing = machine.start({ from: release.url });
    const { closed } = await reached.promise;
    installing.signal(name);
    expect((await installing.exited).code).toBe(code);
    await closed;
    expect(await readdir(machine.home)).toEqual([]);
  },
);

unixTest("A signal while the program is tried leaves the old one", async () => {
  await using machine = await createMachine();
  await using old = await startRelease(await releaseFiles({ program: "#!/bin/sh\necho old\n" }));
  expect((await machine.install({ from: old.url })).code).toBe(0);
  const program = '#!/bin/sh\nkill -TERM "$PPID"\nexec sleep 20\n';
  await using release = await startRelease(await releaseFiles({ program }));
  expect((await machine.install({ from: release.url })).code).toBe(143);
  expect(await Bun.file(machine.target).text()).toContain("old");
  expect(await readdir(dirname(machine.target))).toEqual(["ollama-exporter"]);
});

unixTest("A download of the script that was cut anywhere runs nothing", () => {
  const script = installScript();
  const lastLine = script.lastIndexOf("\n", script.length - 2) + 1;
  const lines = [...script.matchAll(/\n/g)].map(({ index }) => index + 1);
  const bytes = Array.from({ length: script.length - 2 - lastLine }, (_, i) => lastLine + i);
  for (const cut of [...lines.slice(0, -1), ...bytes]) {
    const { stdout, stderr } = Bun.spawnSync(["/bin/sh", "-s", "--", "--help"], {
      env: { PATH: "" },
      stdin: Buffer.from(script.slice(0, cut)),
    });
    expect(stdout.toString()).toBe("");
    expect(stderr.toString()).not.toMatch(/install\.sh:|not found/);
  }
});
