import { existsSync } from "node:fs";
import { join } from "node:path";
import { git } from "../release/git.ts";
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

/** Throws in git's words if there is a repository that git cannot read. */
export async function currentCommit(root = ROOT): Promise<Commit> {
  // A repository further up is another's, in which our source archive was unpacked.
  const known = Bun.which("git") !== null && existsSync(join(root, ".git"));
  const revision = known
    ? await git(root, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
    : "unknown";
  const seconds =
    process.env["SOURCE_DATE_EPOCH"] ||
    (known ? await git(root, "show", "-s", "--format=%ct", "HEAD") : WITHOUT_GIT);
  return { revision, time: new Date(Number(seconds) * 1000) };
}
