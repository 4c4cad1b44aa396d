/** `bun run release VERSION`: makes the commit and the tag of a release, and pushes nothing. */
import { ROOT } from "./build/root.ts";
import { prepareRelease } from "./release/prepare-release.ts";

const [version, ...rest] = process.argv.slice(2);
if (version === undefined || rest.length > 0) refuse("usage: bun run release VERSION, as 1.2.3");

// A Ctrl-C at the passphrase of a signing key ends git, and what was changed is put back.
process.on("SIGINT", () => {});
try {
  const day = new Date().toISOString().slice(0, 10);
  const before = await prepareRelease({ root: ROOT, version, day });
  console.log(`made the commit and the tag of ${version}; nothing is pushed. To release it:

  git push --atomic origin main v${version}

To take it back:

  git tag --delete v${version} && git reset --hard ${before.slice(0, 12)}`);
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error));
}

function refuse(message: string): never {
  console.error(`release: ${message}`);
  process.exit(1);
}
