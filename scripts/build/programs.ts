import { DIST } from "./root.ts";
import type { Target } from "./targets.ts";

/** Where the programs of a release are until they are packed, a folder for each target. */
export const PROGRAMS = `${DIST}programs/`;

export function programName({ os }: Target): string {
  return os === "windows" ? "ollama-exporter.exe" : "ollama-exporter";
}

export function programPath(target: Target): string {
  return `${PROGRAMS}${target.name}/${programName(target)}`;
}
