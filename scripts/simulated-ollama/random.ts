/** The next number of a seeded sequence, from 0 up to 1. */
export type Random = () => number;

/** The mulberry32 generator: the same seed gives the same sequence everywhere. */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed for any JSON value. */
export function seedOf(value: unknown): number {
  return Bun.hash.xxHash32(JSON.stringify(value));
}

/** A whole number, both ends included; the upper one may be Infinity. */
export function between(random: Random, least: number, most: number): number {
  return most === Infinity ? Infinity : least + Math.floor(random() * (most - least + 1));
}

export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}
