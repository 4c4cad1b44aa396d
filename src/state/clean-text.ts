const MOST_CHARACTERS = 64;

/** Free text of Ollama's, fit for a label: short, and without what moves a cursor or ends a line. */
export function cleanText(text: unknown): string {
  if (typeof text !== "string") return "";
  // Cut before as well: a name may have megabytes.
  const visible = text.slice(0, 16 * MOST_CHARACTERS).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "");
  return Array.from(visible.trim()).slice(0, MOST_CHARACTERS).join("");
}
