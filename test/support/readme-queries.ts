const readme = await Bun.file(new URL("../../README.md", import.meta.url)).text();

/** The queries of a section of the README, by the questions above them. */
export function readmeQueries(
  heading = "Questions and their queries",
): [question: string, query: string][] {
  const [, section = ""] = readme.split(`\n## ${heading}\n`);
  const [, block = ""] = /```promql\n([^]*?)\n```/.exec(section) ?? [];
  return block.split("\n\n").map((entry) => {
    const [comment = "", ...lines] = entry.split("\n");
    return [comment.replace(/^# /, ""), lines.join("\n")];
  });
}
