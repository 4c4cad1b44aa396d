import { $ } from "bun";
import { ROOT } from "./root.ts";

/** What is built: the same commit gives the same bytes. */
export interface Commit {
  /** Twelve digits, with `-dirty` after them if the tree has changes; `unknown` without git. */
  readonly revision: string;
  /** When it was made: the time of every file in an archive. */
  readonly time: Date;
}

/** Unix seconds; a source archive has no commit, and a zip no time before 1980. */
const WITHOUT_GIT = "315532800";

export async function currentCommit(): Promise<Commit> {
  const revision = await git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*");
  const seconds =
    process.env["SOURCE_DATE_EPOCH"] || (await git("show", "-s", "--format=%ct", "HEAD"));
  return {
    revision: revision || "unknown",
    time: new Date(Number(seconds || WITHOUT_GIT) * 1000),
  };
}

/** What git says in one line; nothing if there is no git or no repository of ours. */
async function git(...args: string[]): Promise<string> {
  const said = await $`git -C ${ROOT} ${args}`.nothrow().quiet();
  return said.exitCode === 0 ? said.text().trim() : "";
}
