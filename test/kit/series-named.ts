const KEYWORDS = new Set(["and", "or", "unless", "bool", "offset", "by", "without"]);

/** The series that a PromQL expression selects. */
export function seriesNamed(expression: string): string[] {
  const selected = expression
    .replaceAll(/"[^"]*"/g, "")
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, " ")
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, " ");
  return [...selected.matchAll(/\b[a-z_:][\w:]*\b(?!\s*\()/gi)]
    .map(([name]) => name)
    .filter((name) => !KEYWORDS.has(name));
}
