const IN_STRING = /["\\]/g;
const ELSEWHERE = /["[\]]/g;

/**
 * Takes a JSON text in pieces and gives it back with its arrays empty, but for those that are nested
 * less deep than `kept`. What is a megabyte of vectors comes out as `[]`, and what is left can be
 * parsed at once. Inside what is left out only brackets and strings are looked at.
 */
export function createArrayFilter(kept: number): (text: string) => string {
  let depth = 0;
  let inString = false;
  let escaped = false;

  return (text) => {
    let out = "";
    let from = 0;
    const keepTo = (end: number): void => {
      if (depth <= kept) out += text.slice(from, end);
      from = end;
    };
    let at = 0;
    while (at < text.length) {
      if (escaped) {
        escaped = false;
        at++;
        continue;
      }
      const marks = inString ? IN_STRING : ELSEWHERE;
      marks.lastIndex = at;
      if (!marks.test(text)) break;
      at = marks.lastIndex;
      const mark = text[at - 1];
      if (mark === "\\") escaped = true;
      else if (mark === '"') inString = !inString;
      else if (mark === "[") {
        keepTo(at);
        depth++;
      } else {
        keepTo(at - 1);
        depth--;
      }
    }
    keepTo(text.length);
    return out;
  };
}
