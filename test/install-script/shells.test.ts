import { expect } from "bun:test";
import type { Visit } from "../support/raw-upstream.ts";
import { createMachine, type MachineOptions } from "./machine.ts";
import { ARCHIVE, releaseFiles, sendHalf, startRelease } from "./release.ts";
import { unixTestWith } from "./unix-test.ts";

const MACHINES: Readonly<Record<string, MachineOptions>> = {
  dash: { shell: "dash" },
  bash: { shell: "bash" },
  // As on Alpine, where everything is one program.
  busybox: { applets: "busybox", tools: ["wget", "sha256sum"] },
};

const files = await releaseFiles();

for (const [shell, options] of Object.entries(MACHINES)) {
  unixTestWith(shell)(`In ${shell} it installs, refuses and uninstalls`, async () => {
    await using machine = await createMachine(options);
    await using cut = await startRelease({
      ...files,
      [ARCHIVE]({ socket }) {
        sendHalf(socket, files[ARCHIVE]!);
        socket.end();
      },
    });
    const broken = await machine.install({ from: cut.url });
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain(" was cut after ");

    await using wrong = await startRelease({ ...files, [ARCHIVE]: Buffer.from("wrong") });
    const refused = await machine.install({ from: wrong.url });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("is not the file that was released\n");

    await using empty = await startRelease({});
    const missing = await machine.install({ from: empty.url });
    expect(missing.stderr).toContain("/checksums.txt does not exist (HTTP 404)\n");

    await using release = await startRelease(files);
    const { code, stdout, stderr } = await machine.install({ from: release.url });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain(`Installed ollama-exporter new: ${machine.target}\n`);

    const removed = await machine.install({ from: release.url, args: ["--uninstall"] });
    expect(removed).toEqual({ code: 0, stdout: `Removed ${machine.target}\n`, stderr: "" });
  });

  unixTestWith(shell)(`In ${shell} a signal ends it at once and leaves nothing`, async () => {
    await using machine = await createMachine(options);
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
    installing.signal("SIGTERM");
    expect((await installing.exited).code).toBe(143);
    await closed;
  });
}
