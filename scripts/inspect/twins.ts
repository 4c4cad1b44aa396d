import type { Target } from "../build/targets.ts";

/** A plain program and the one for processors without AVX2. */
export interface Twins {
  readonly plain: Target;
  readonly baseline: Target;
}

export function twinsAmong(targets: readonly Target[]): readonly Twins[] {
  return targets
    .filter(({ variant }) => variant === "baseline")
    .flatMap((baseline) =>
      targets
        .filter(({ os, arch, variant }) => {
          return variant === undefined && os === baseline.os && arch === baseline.arch;
        })
        .map((plain) => ({ plain, baseline })),
    );
}

export function describeTwins({ plain, baseline }: Twins, same: boolean): string {
  const names = `${plain.name} and ${baseline.name}`;
  return same
    ? `${names} are the same, byte for byte`
    : `${names} differ: let the install script choose by AVX2, and see in bun run bench what it gains`;
}
