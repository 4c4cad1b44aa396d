/** Part of `bun run fix`: what the README says of the project and its metrics. */
import { PROJECT } from "./build/project.ts";
import { ROOT } from "./build/root.ts";
import { runCommand } from "./command/run-command.ts";
import { familyRows } from "./readme/family-rows.ts";
import { withAddresses } from "./readme/with-addresses.ts";
import { withFamilies } from "./readme/with-families.ts";

const USAGE = `bun scripts/readme.ts

  Writes the addresses and the version of package.json and the table of metrics into README.md.`;

const README = `${ROOT}README.md`;

await runCommand({ name: "readme", usage: USAGE }, async () => {
  const text = withFamilies(await Bun.file(README).text(), familyRows());
  await Bun.write(README, withAddresses(text, PROJECT));
});
