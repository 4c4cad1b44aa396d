/** `bun scripts/ci/project.ts FIELD`: one of the project's names and addresses, for a shell script. */
import { PROJECT } from "../build/project.ts";

const [field = ""] = process.argv.slice(2);
const text = new Map<string, string>(Object.entries(PROJECT)).get(field);
if (text === undefined) throw new Error(`the project has no "${field}"`);
console.log(text);
