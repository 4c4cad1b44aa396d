const LONGEST = 100;

/**
 * A value as it may stand in a message: in quotes, on one line, cut to 100 characters. A value with
 * an `@` may hold a password and is not shown.
 */
export function quoted(value: string): string {
  return value.includes("@") ? `(not shown, it holds an "@")` : `"${escaped(value)}"`;
}

/** The same without the quotes, for a name that the user made up. */
export function escaped(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  // JSON leaves alone what can still move a terminal's cursor or turn its text around.
  return JSON.stringify(cut)
    .slice(1, -1)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
      return `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`;
    });
}
