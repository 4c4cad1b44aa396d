import type { Source } from "../config.ts";
import { wrongValue } from "./wrong-value.ts";

/** Reads one of a few words. The reader throws a usage error that lists them. */
export function choice<Word extends string>(
  kind: string,
  words: readonly Word[],
): (text: string, source: Source) => Word {
  const list = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return (text, source) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw wrongValue(source, text, `is not a ${kind}`, list);
    return word;
  };
}
