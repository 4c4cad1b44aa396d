/** Part of `bun run fix`: the README says where the project lives and which version it is. */
import { PROJECT } from "./build/project.ts";
import { ROOT } from "./build/root.ts";
import { runCommand } from "./command/run-command.ts";
import { withAddresses } from "./readme/with-addresses.ts";

const USAGE = `bun scripts/readme.ts

  Writes the addresses and the version of package.json into README.md.`;

const README = `${ROOT}README.md`;

await runCommand({ name: "readme", usage: USAGE }, async () => {
  await Bun.write(README, withAddresses(await Bun.file(README).text(), PROJECT));
});
