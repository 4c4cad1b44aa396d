import type { PeImage } from "./pe-image.ts";

/** Tables of the libraries that are loaded at the start, and of those when they are first called. */
const TABLES = [
  { table: 1, entrySize: 20, nameAt: 12 },
  { table: 13, entrySize: 32, nameAt: 4 },
] as const;

/** More would be an attack. */
const MOST = 200;

/** The libraries that a program calls, in lower case: Windows does not tell it apart. */
export function readImports(pe: PeImage): readonly string[] {
  const names = TABLES.flatMap(({ table, entrySize, nameAt }) => {
    const found: string[] = [];
    const start = pe.table(table);
    for (let at = start; at !== undefined && pe.u32(at + nameAt) !== 0; at += entrySize) {
      if (found.length === MOST) throw pe.fault(at, `more than ${MOST} libraries`);
      found.push(pe.text(pe.follow(at + nameAt)).toLowerCase());
    }
    return found;
  });
  return [...new Set(names)];
}
