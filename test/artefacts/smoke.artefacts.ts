/** The programs that can be run on this machine, some of them by an emulator: tried as users would. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";
import { programPath } from "../../scripts/build/programs.ts";
import { ROOT } from "../../scripts/build/root.ts";
import { TARGETS, type TargetName } from "../../scripts/build/targets.ts";
import { skipWithout } from "../support/skip-without.ts";

/** A processor of 2008, without AVX2 and without AVX. */
const OLD_PROCESSOR = "qemu-x86_64 -cpu Nehalem";

interface Trial {
  readonly target: TargetName;
  /** What runs it, and what that needs: the libraries of another architecture. */
  readonly under?: string;
  readonly needs?: string;
}

const X64: readonly Trial[] = [
  { target: "linux_x64" },
  { target: "linux_x64-baseline", under: OLD_PROCESSOR },
  {
    target: "linux_arm64",
    under: "qemu-aarch64 -L /usr/aarch64-linux-gnu",
    needs: "/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1",
  },
];
const ARM64: readonly Trial[] = [{ target: "linux_arm64" }];

/** The time that smoke takes for itself, and some to end. */
const TIMEOUT = 150_000;

function skipped(program: string, { under, needs = program }: Trial): string | undefined {
  if (process.platform !== "linux") return "skipped: it is for Linux";
  if (process.env["REQUIRE_ALL"] === "true") return undefined;
  const [emulator] = under?.split(" ") ?? [];
  const missing = [program, needs].find((file) => !existsSync(file));
  if (missing !== undefined) return `skipped: there is no ${missing.replace(ROOT, "")}`;
  return emulator === undefined ? undefined : skipWithout(emulator);
}

/** Does one AVX2 instruction and ends with 0. */
const AVX2 = `.globl _start
_start:
  vpaddd %ymm0, %ymm0, %ymm0
  mov $60, %eax
  xor %edi, %edi
  syscall
`;

const SIGILL = 132;

function proof(title: string, reason: string | undefined, run: () => Promise<void>): void {
  if (reason === undefined) test(title, run, TIMEOUT);
  else test.skip(`${title} (${reason})`, run);
}

for (const trial of process.arch === "x64" ? X64 : ARM64) {
  const { target: name, under } = trial;
  const [program = ""] = TARGETS.filter((target) => target.name === name).map(programPath);
  const title = `${name} can be used${under ? ` under ${under}` : ""}`;
  proof(title, skipped(program, trial), async () => {
    const args = [...(under ? ["--under", under] : []), "--", program];
    const said = await $`${process.execPath} ${ROOT}scripts/smoke.ts ${args}`.nothrow().quiet();
    const output = said.stdout.toString() + said.stderr.toString();
    expect(`exit code ${said.exitCode}\n${output}`).toMatch(/^exit code 0\n(ok {6}.*\n)+$/);
  });
}

const withoutTools = ["as", "ld", "qemu-x86_64"].map(skipWithout).find(Boolean);
const reason = process.arch === "x64" ? withoutTools : "skipped: it is for x64";

proof("the processor that the baseline is tried on has no AVX2", reason, async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "ollama-exporter-avx2-"));
  const [object, program] = [join(folder.path, "avx2.o"), join(folder.path, "avx2")];
  await $`${["as", "-o", object, "-"]} < ${new Response(AVX2)}`;
  await $`${["ld", "-o", program, object]}`;
  const codeUnder = async (emulator: string): Promise<number> => {
    const run = $`${emulator.split(" ")} ${program}`.cwd(folder.path).nothrow().quiet();
    return (await run).exitCode;
  };
  expect(await codeUnder(OLD_PROCESSOR)).toBe(SIGILL);
  expect(await codeUnder("qemu-x86_64 -cpu max")).toBe(0);
});
