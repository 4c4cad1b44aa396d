import { ROOT } from "../../scripts/build/root.ts";

const lines = (await Bun.file(`${ROOT}README.md`).text()).split("\n");

/** The README's first command that begins so, in a block without what a comment says after it. */
export function words(start: string): string {
  for (const line of lines) {
    if (line.trim().startsWith(start)) return withoutComment(line);
    const found = quoted(line).find((each) => each.startsWith(start));
    if (found !== undefined) return found;
  }
  throw new Error(`the README has no command "${start}"`);
}

/** The commands of the README's block that has one which begins so. */
export function block(start: string): string[] {
  const at = lines.findIndex((line) => line.trim().startsWith(start));
  if (at === -1) throw new Error(`the README has no block with "${start}"`);
  const from = lines.findLastIndex((line, i) => i < at && isFence(line)) + 1;
  const to = lines.findIndex((line, i) => i > at && isFence(line));
  return lines.slice(from, to).map(withoutComment);
}

/** What the README says to do to uninstall what was installed so. */
export function uninstallation(door: string): string[] {
  const rows = lines.slice(lines.indexOf("### Uninstall"));
  const row = rows.find((line) => line.startsWith(`| ${door} `));
  if (row === undefined) throw new Error(`the README uninstalls nothing from "${door}"`);
  return quoted(row);
}

/** The command without the word that makes it root's, for root, who may have no sudo. */
export function byRoot(command: string): string {
  return command.replace(/^sudo /, "");
}

function isFence(line: string): boolean {
  return line.trim().startsWith("```");
}

function withoutComment(line: string): string {
  return line.replace(/\s+#.*$/, "").trim();
}

function quoted(line: string): string[] {
  return Array.from(line.matchAll(/`([^`]+)`/g), ([, text = ""]) => text);
}
