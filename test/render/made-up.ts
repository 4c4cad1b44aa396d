import { PROJECT } from "../../scripts/build/project.ts";
import { type TargetName, TARGETS } from "../../scripts/build/targets.ts";
import type { Checksums } from "../../scripts/pack/checksums.ts";
import { archiveName } from "../../scripts/pack/names.ts";

/** What stands for the checksum of a target's archive. */
export function madeUpSum(name: TargetName): string {
  return new Bun.CryptoHasher("sha256").update(name).digest("hex");
}

/** A release of made-up archives, without those that are named. */
export function madeUpChecksums(...lacking: readonly TargetName[]): Checksums {
  const there = TARGETS.filter(({ name }) => !lacking.includes(name));
  return new Map(there.map((target) => [archiveName(target), madeUpSum(target.name)]));
}

/** What changes for a fork. */
export const FORK = {
  ...PROJECT,
  repository: "Someone/their-exporter",
  home: "https://github.com/Someone/their-exporter",
};
