import { expect, test } from "bun:test";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { growTree, type ProjectTree } from "./project-tree.ts";

/** As shells tell of them. */
const SIGNALS = [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

const testWithSignals = test.skipIf(process.platform === "win32");

/** A pipe that ends when the last process that has opened it is gone. */
async function openPipe(tree: ProjectTree) {
  const path = join(tree.folder, "pipe");
  Bun.spawnSync(["mkfifo", path]);
  const reader = Bun.spawn(["cat", path], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = reader.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    path,
    /** Waits for the first words, or for the end. */
    read: () => lines.read(),
    async [Symbol.asyncDispose]() {
      reader.kill();
      await reader.exited;
    },
  };
}

testWithSignals.each(SIGNALS)(
  "Packing that %s ends leaves no process, nothing half, and the earlier release",
  async (signal, code) => {
    await using tree = await growTree({ compiled: true });
    await using pipe = await openPipe(tree);
    await tree.write("dist/checksums.txt", "of an earlier run");
    const bin = join(tree.folder, "bin");
    await mkdir(bin);
    // Like the real one, it has its work done by a child.
    const script = `#!/bin/sh
for deb; do :; done
echo half >"$deb"
exec 3>'${pipe.path}'
echo packing >&3
sleep 30 &
wait
`;
    await Bun.write(join(bin, "dpkg-deb"), script);
    await chmod(join(bin, "dpkg-deb"), 0o755);

    await using packing = tree.start(["scripts/pack.ts"], {
      PATH: `${bin}:${process.env["PATH"]}`,
    });
    expect((await pipe.read()).value).toContain("packing");
    packing.kill(signal);

    expect(await packing.exited).toBe(code);
    while (!(await pipe.read()).done);
    expect(await tree.list("dist")).toEqual(["checksums.txt", "programs"]);
    expect(await tree.leftovers()).toEqual([]);
  },
);

testWithSignals.each(SIGNALS)(
  "Compiling that %s ends leaves nothing half, and what was there",
  async (signal, code) => {
    await using tree = await growTree({ compiled: true });
    await tree.write("dist/checksums.txt", "of an earlier run");
    await tree.write(
      "scripts/build/compile.ts",
      `export async function compile({ outfile }) {
        await Bun.write(outfile, "half");
        console.log("half");
        setInterval(() => {}, 1000);
        await new Promise(() => {});
      }`,
    );

    await using compiling = tree.start(["scripts/compile-all.ts"]);
    const said = await compiling.stdout.getReader().read();
    expect(Buffer.from(said.value ?? []).toString()).toBe("half\n");
    compiling.kill(signal);

    expect(await compiling.exited).toBe(code);
    expect(await tree.list("dist")).toEqual(["checksums.txt", "programs"]);
    expect(await tree.list("dist/programs")).toHaveLength(11);
    expect(await tree.read("dist/programs/linux_x64/ollama-exporter")).toBe(
      "the program of linux_x64",
    );
    expect(await tree.leftovers()).toEqual([]);
  },
);
