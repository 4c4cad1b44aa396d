import { fileURLToPath } from "node:url";
import { plot } from "./plot.ts";
import type { Summary } from "./results.ts";

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const BEGIN = "<!-- bench -->";
const END = "<!-- /bench -->";

/** Puts the report into RESULTS.md, between its marks, and the plot beside it. */
export async function save(report: string, summaries: readonly Summary[]): Promise<void> {
  const file = Bun.file(fileOf("RESULTS.md"));
  const text = await file.text();
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`RESULTS.md has no ${BEGIN} and ${END}`);
  await file.write(`${text.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${text.slice(end)}`);
  await Bun.write(fileOf("results.svg"), plot(summaries));
}
