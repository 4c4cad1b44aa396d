import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";

/** The unit as this tree has it. */
export const UNIT = join(ROOT, "src/kit/ollama-exporter.service");

/** The commented settings that go with it. */
export const SETTINGS = join(ROOT, "scripts/pack/service/ollama-exporter.env");

/** All values of a directive of the unit, in order. */
export async function directive(name: string): Promise<string[]> {
  const lines = (await readFile(UNIT, "utf8")).split("\n");
  return lines.flatMap((line) =>
    line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : [],
  );
}
