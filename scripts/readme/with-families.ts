import type { FamilyRow } from "./family-rows.ts";

const HEAD = ["name", "type", "labels", "unit", ""];

/** The README with these rows in its table of metrics, whatever it had before. */
export function withFamilies(text: string, families: readonly FamilyRow[]): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith("| name "));
  const end = lines.indexOf("", start);
  if (start === -1 || end === -1) throw new Error("the README has no table of metrics");
  const rows = families.map(({ name, type, labels, unit, help }) => [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(", "),
    unit,
    help,
  ]);
  return [...lines.slice(0, start), ...table(HEAD, rows), ...lines.slice(end)].join("\n");
}

/** With the widths that the formatter gives it, so that it stays as it is. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
