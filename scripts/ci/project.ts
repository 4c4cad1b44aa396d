/** `bun scripts/ci/project.ts FIELD`: one of the project's names and addresses, for a shell script. */
import { PROJECT } from "../build/project.ts";

const [field, ...others] = process.argv.slice(2);
const values = new Map<string, string>(Object.entries(PROJECT));
const text = values.get(field ?? "");
const known = [...values.keys()].join(", ");
if (field === undefined || others.length > 0) refuse(`give one of ${known}`);
if (text === undefined) refuse(`there is no ${JSON.stringify(field)}: give one of ${known}`);
console.log(text);

function refuse(message: string): never {
  console.error(`project: ${message}`);
  process.exit(2);
}
