/** `bun run release VERSION`: makes the commit and the tag of a release, and pushes nothing. */
import { usageError } from "../src/errors.ts";
import { ROOT } from "./build/root.ts";
import { runCommand } from "./command/run-command.ts";
import { prepareRelease } from "./release/prepare-release.ts";

const USAGE = `bun run release VERSION

  Makes the commit and the tag of VERSION, as 1.2.3 or 1.2.3-rc.1, and pushes nothing.`;

await runCommand({ name: "release", usage: USAGE, operands: 1 }, async ({ positionals }) => {
  const [version] = positionals;
  if (version === undefined) throw usageError("give a VERSION: bun run release 1.2.3");

  // A Ctrl-C at the passphrase of a signing key ends git, and what was changed is put back.
  process.on("SIGINT", () => {});
  const day = new Date().toISOString().slice(0, 10);
  const before = await prepareRelease({ root: ROOT, version, day });
  console.log(`made the commit and the tag of ${version}; nothing is pushed. To release it:

  git push --atomic origin main v${version}

To take it back:

  git tag --delete v${version} && git reset --hard ${before.slice(0, 12)}`);
});
