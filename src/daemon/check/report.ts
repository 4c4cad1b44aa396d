/** One thing that was looked at. */
export interface Checked {
  readonly what: string;
  /** Goes on after it: `yes: Ollama 0.24.0`. */
  readonly found: string;
  /** False if it is a problem. */
  readonly ok: boolean;
}

/** What `ollama-exporter check` prints: a line for each thing, and the sum of it. */
export function reportText(checked: readonly Checked[]): string {
  const width = Math.max(...checked.map(({ what }) => what.length));
  const lines = checked.map(({ what, found, ok }) => {
    return `${ok ? "  " : "! "}${what.padEnd(width)}  ${found}`;
  });
  const problems = checked.filter(({ ok }) => !ok).length;
  const sum =
    problems === 0 ? "all is well" : `${problems} ${problems === 1 ? "problem" : "problems"}`;
  return `${[...lines, sum].join("\n")}\n`;
}
