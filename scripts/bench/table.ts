import type { Summary } from "./results.ts";

/** The summaries as a Markdown table, which reads well in a terminal too. */
export function table(summaries: readonly Summary[]): string {
  const proxies = [...new Set(summaries.flatMap(({ medians }) => Object.keys(medians)))];
  const peers = [...new Set(summaries.flatMap(({ ratios }) => Object.keys(ratios)))];
  const head = ["", ...proxies, ...peers.map((peer) => `ours / ${peer}`), "target", ""];
  const rows = summaries.map(({ name, unit, medians, ratios, target = "", met }) => [
    name,
    ...proxies.map((proxy) => (proxy in medians ? `${digits(medians[proxy])} ${unit}` : "")),
    ...peers.map((peer) => (peer in ratios ? digits(ratios[peer]) : "")),
    target,
    met === undefined ? "" : met ? "met" : "MISSED",
  ]);
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Three significant digits, no exponent. */
function digits(value = Number.NaN): string {
  if (!Number.isFinite(value)) return "-";
  const size = Math.abs(value);
  return value.toLocaleString("en-US", {
    maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2,
  });
}
