import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "bun:test";
import { ROOT } from "../../scripts/build/root.ts";

/** What the scripts of the workflows work with. */
const PARTS = ["scripts/ci", "scripts/build/project.ts", "package.json", "README.md", ".ci/run"];

/** The programs that all of them may call. */
const REAL =
  "awk base64 basename bash cat chmod cp dirname env git grep gzip mkdir mktemp mv rm sed sh " +
  "sha256sum shasum tar tee touch tr uname";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that looks like the project, where scripts find no program but those put there. */
export interface ScriptStage extends AsyncDisposable {
  readonly folder: string;
  write(file: string, text: string): Promise<void>;
  /** Puts a program there that tells of each call; what it does then is shell. */
  fake(name: string, does?: string): Promise<void>;
  remove(name: string): Promise<void>;
  run(
    script: string,
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Ended>;
  /** The calls of the fakes so far, one per line. */
  calls(): Promise<string[]>;
  /** What the script has told the next job. */
  outputs(): Promise<string>;
}

/** Windows runs some of the scripts, but not with programs that are scripts themselves. */
export const testOfScript = test.skipIf(process.platform === "win32");

export async function createScriptStage(): Promise<ScriptStage> {
  await using made = new AsyncDisposableStack();
  const work = await mkdtemp(join(tmpdir(), "ollama-exporter-scripts-"));
  made.defer(() => rm(work, { recursive: true, force: true }));
  const folder = join(work, "project");
  const bin = join(work, "bin");
  await mkdir(bin);
  for (const part of PARTS) {
    await mkdir(dirname(join(folder, part)), { recursive: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  const link = (name: string, to: string | null) => to === null || symlink(to, join(bin, name));
  for (const name of REAL.split(" ")) await link(name, Bun.which(name));
  await link("bun", process.execPath);
  // Bun does for Node, where there is none.
  await link("node", Bun.which("node") ?? process.execPath);
  const textOf = async (name: string) => {
    const file = Bun.file(join(work, name));
    return (await file.exists()) ? file.text() : "";
  };
  const stage = {
    folder,
    async write(file: string, text: string) {
      await Bun.write(join(folder, file), text);
    },
    async fake(name: string, does = "") {
      const path = join(bin, name);
      await rm(path, { force: true });
      const lines = ["#!/usr/bin/env bash", `echo "${name} $*" >>"$CALLS"`, does, ""];
      await writeFile(path, lines.join("\n"), { mode: 0o755 });
    },
    remove: (name: string) => rm(join(bin, name), { force: true }),
    async run(
      script: string,
      args: readonly string[] = [],
      env: Readonly<Record<string, string>> = {},
    ) {
      const child = Bun.spawn(["bash", `scripts/ci/${script}`, ...args], {
        cwd: folder,
        env: {
          PATH: bin,
          HOME: work,
          CALLS: join(work, "calls"),
          GITHUB_OUTPUT: join(work, "outputs"),
          GIT_CONFIG_GLOBAL: "/dev/null",
          GIT_CONFIG_NOSYSTEM: "1",
          ...env,
        },
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      });
      const [stdout, stderr] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
      ]);
      return { code: await child.exited, stdout, stderr };
    },
    calls: async () => (await textOf("calls")).split("\n").filter(Boolean),
    outputs: () => textOf("outputs"),
  };
  // The Bun of this test instead of one that is downloaded.
  await stage.fake("npx", 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"');
  const kept = made.move();
  return { ...stage, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
