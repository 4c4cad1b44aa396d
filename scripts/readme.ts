/** Part of `bun run fix`: the README says where the project lives and which version it is. */
import { PROJECT } from "./build/project.ts";
import { ROOT } from "./build/root.ts";
import { withAddresses } from "./readme/with-addresses.ts";

const README = `${ROOT}README.md`;
await Bun.write(README, withAddresses(await Bun.file(README).text(), PROJECT));
