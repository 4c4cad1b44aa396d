/** Prints `NAME=VALUE` for each argument of scripts/image/Dockerfile, and `IMAGE=` with its name. */
import { currentCommit } from "../build/commit.ts";
import { PROJECT } from "../build/project.ts";

const { revision } = await currentCommit();
const args = {
  IMAGE: PROJECT.image,
  TITLE: PROJECT.name,
  DESCRIPTION: PROJECT.description,
  SOURCE: PROJECT.home,
  VERSION: PROJECT.version,
  REVISION: revision,
  LICENSES: PROJECT.license,
};
for (const [name, value] of Object.entries(args)) console.log(`${name}=${value}`);
