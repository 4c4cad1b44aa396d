import { FLAGS } from "./flags.ts";

const OWN_NAMES = new Map(
  Object.values(FLAGS).flatMap(({ name, otherName }) =>
    otherName === undefined ? [] : [[`--${otherName}`, `--${name}`]],
  ),
);

/** The words of a command line, with the flags that are spelled as others spell them in our spelling. */
export function withOwnNames(words: readonly string[]): string[] {
  return words.map((word) => {
    const [written = ""] = word.split("=", 1);
    const own = OWN_NAMES.get(written);
    return own === undefined ? word : own + word.slice(written.length);
  });
}
