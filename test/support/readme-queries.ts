const readme = await Bun.file(new URL("../../README.md", import.meta.url)).text();

/** The README's queries by the questions above them. */
export function readmeQueries(): [question: string, query: string][] {
  const [, section = ""] = readme.split("\n## Questions and their queries\n");
  const [, block = ""] = /```promql\n([^]*?)\n```/.exec(section) ?? [];
  return block.split("\n\n").map((entry) => {
    const [comment = "", ...lines] = entry.split("\n");
    return [comment.replace(/^# /, ""), lines.join("\n")];
  });
}
