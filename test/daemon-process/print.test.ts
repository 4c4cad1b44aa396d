import { expect, test } from "bun:test";
import { KIT } from "../../src/kit/kit.ts";
import { buildBinary, missing, runProgram, TARGETS } from "../support/exporter.ts";

for (const target of TARGETS) {
  test.skipIf(missing(target) !== undefined)(
    `print prints all of each file, on ${target}`,
    async () => {
      if (target === "binary") await buildBinary();
      for (const [name, text] of Object.entries(KIT)) {
        await using program = runProgram({ target, args: ["print", name] });
        const { code, stdout, stderr } = await program.exited;
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(stdout === text).toBe(true);
      }
    },
    20_000,
  );
}

const shell = (command: string) => {
  const program = `${process.execPath} src/main.ts`;
  return Bun.spawnSync(["bash", "-c", command.replaceAll("PROGRAM", program)], {
    cwd: `${import.meta.dir}/../..`,
  });
};

test.skipIf(process.platform !== "linux")("a disk that is full is an error", () => {
  for (const words of ["print compose", "--help", "--version"]) {
    const { exitCode, stderr } = shell(`PROGRAM ${words} > /dev/full`);
    expect(String(stderr)).toMatch(
      /^ollama-exporter: what it says cannot be written: ENOSPC[^\n]*\n$/,
    );
    expect(exitCode).toBe(1);
  }
});

test("a reader that leaves early is no error", () => {
  const { stdout, stderr } = shell(
    "PROGRAM print grafana-dashboard | head -1; exit ${PIPESTATUS[0]}",
  );
  expect(String(stdout)).toBe("{\n");
  expect(String(stderr)).toBe("");
});

test.skipIf(Bun.which("python3") === null)(
  "a slow reader of a pipe that does not wait gets all of it",
  () => {
    // The writer's end is made not to wait, and read when it has long been full.
    const script = `
import os, subprocess, sys
reader, writer = os.pipe()
os.set_blocking(writer, False)
child = subprocess.Popen(sys.argv[1:], stdout=writer)
os.close(writer)
size = 0
while chunk := os.read(reader, 1000): size += len(chunk)
print(size, child.wait())
`;
    const { stdout } = Bun.spawnSync(
      ["python3", "-c", script, process.execPath, "src/main.ts", "print", "compose"],
      { cwd: `${import.meta.dir}/../..` },
    );
    expect(String(stdout)).toBe(`${Buffer.byteLength(KIT.compose)} 0\n`);
  },
);
