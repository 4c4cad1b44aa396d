import { git } from "./git.ts";

/** Throws, saying why, unless this is a clean main without that tag. Asks no remote. */
export async function checkTree(root: string, tag: string): Promise<void> {
  const branch = await git(root, "branch", "--show-current");
  if (branch !== "main")
    throw new Error(`releases are made on main, and this is ${branch || "none"}`);
  const changes = await git(root, "status", "--porcelain");
  if (changes !== "") throw new Error(`the tree has changes:\n${changes}`);
  if (await hasTag(root, tag)) throw new Error(`there is a tag ${tag}`);
}

export async function hasTag(root: string, tag: string): Promise<boolean> {
  return (await git(root, "tag", "--list", tag)) !== "";
}
