/** A sequence of numbers that its seed decides. */
export interface Random {
  /** From 0, and below this. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(share: number): boolean;
}

/** mulberry32: small, and good enough to choose bytes with. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    chance: (share) => next() < share,
  };
}

/** What decides a run; said in the output, so that a failure can be had again. */
export const SEED = Number(process.env["FUZZ_SEED"] ?? 11_434);
export const COUNT = Number(process.env["FUZZ_COUNT"] ?? 3000);
