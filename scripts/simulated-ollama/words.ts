import { pick, type Random } from "./random.ts";

// The recordings' own words, so that an answer looks like one of theirs.
// prettier-ignore
const PLAIN = [
  " hold", " house", " think", " work", " tree", " door", " leaf", " warm", " fire", " dog",
  " learn", " find", " light", " river", " turn", " make", " short", " tea", " stay", " young",
  " field", " bad", " earth", " build", " high", " hard", " hill", " rest", " wind", " fish",
] as const;

// Two, three and four bytes a character: a chunk border may fall inside one.
const MULTI_BYTE = [" naïve", " café", " Ærø", " 東京", " 空は青い", " 🌊", " Žluť"] as const;

/** Words without end, each with the space before it; every eighth is not ASCII. */
export function* words(random: Random): Generator<string, never> {
  for (let count = 1; ; count++) yield pick(random, count % 8 === 0 ? MULTI_BYTE : PLAIN);
}

export function word(random: Random): string {
  return pick(random, PLAIN).trim();
}
