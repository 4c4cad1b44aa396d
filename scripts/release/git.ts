import { $ } from "bun";

/** What git says in the folder, without the line end. Rejects with git's own words. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const said = await $`git -C ${folder} ${args}`.nothrow().quiet();
  if (said.exitCode !== 0) throw new Error(`git ${args[0]}: ${said.stderr.toString().trim()}`);
  return said.text().trimEnd();
}
