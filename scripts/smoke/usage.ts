import { PROJECT } from "../build/project.ts";
import { expected, expectSame } from "./expected.ts";
import type { Program } from "./program.ts";

const TYPO = "--upstraem";

/** The revision that `--version` tells, beside the version that package.json has. */
export async function revisionOf(program: Program): Promise<string> {
  const { code, stdout, stderr } = await program.run("--version");
  const [, name, version, revision] = /^(\S+) (\S+) \(([^)]+)\)\r?\n$/.exec(stdout) ?? [];
  if (revision === undefined) {
    const what = `"${PROJECT.name} ${PROJECT.version} (REVISION)"`;
    throw expected(what, JSON.stringify({ code, stdout, stderr }));
  }
  expectSame([code, name, version], [0, PROJECT.name, PROJECT.version], "code, name and version");
  return revision;
}

export async function refusesTypo(program: Program): Promise<void> {
  const { code, stderr } = await program.run(`${TYPO}=http://127.0.0.1:1`);
  if (code === 2 && stderr.includes(TYPO)) return;
  throw expected(`exit code 2 and ${TYPO} on stderr`, JSON.stringify({ code, stderr }));
}
