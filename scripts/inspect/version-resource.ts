import type { PeImage } from "./pe-image.ts";

/** What Explorer shows of a file, in one language. */
export interface VersionResource {
  /** Four numbers. */
  readonly fileVersion: string;
  /** By key, of all the language's tables. */
  readonly strings: Readonly<Record<string, string>>;
}

/** A part of the resource: a key, a value, and parts within it. */
interface Node {
  readonly key: string;
  readonly value: number;
  /** Where its first part would be. */
  readonly inner: number;
  readonly end: number;
}

const RESOURCES = 2;
const RT_VERSION = 16;
const SUBDIRECTORY = 0x80000000;
const FIXED_INFO = 0xfeef04bd;

/** Three words and the end of a key. */
const SHORTEST_NODE = 8;

/** Entries of a directory, and versions; a program has one in one language. */
const MOST = 64;

/** resedit cannot read it once Bun has put its own section behind the resources. */
export function readVersionResource(pe: PeImage): readonly VersionResource[] {
  const root = pe.table(RESOURCES);
  if (root === undefined) return [];
  const found = entries(pe, root)
    .filter(({ id }) => id === RT_VERSION)
    .flatMap(({ at }) => entries(pe, root + at))
    .flatMap(({ at }) => entries(pe, root + at));
  if (found.length > MOST) throw pe.fault(root, `${found.length} version resources`);
  return found.map(({ at }) => readVersion(pe, pe.follow(root + at)));
}

/** Of a directory by type, by name or by language; `at` counts from the root. */
function entries(pe: PeImage, directory: number): { readonly id: number; readonly at: number }[] {
  const length = pe.u16(directory + 12) + pe.u16(directory + 14);
  if (length > MOST) throw pe.fault(directory, `${length} resources in one place`);
  return Array.from({ length }, (_, index) => {
    const entry = directory + 16 + index * 8;
    return { id: pe.u32(entry), at: pe.u32(entry + 4) % SUBDIRECTORY };
  });
}

function readVersion(pe: PeImage, start: number): VersionResource {
  const version = readNode(pe, start);
  if (pe.u32(version.value) !== FIXED_INFO) throw pe.fault(version.value, "no file version");
  const numbers = [10, 8, 14, 12].map((at) => pe.u16(version.value + at));
  const strings = partsOf(pe, version)
    .filter(({ key }) => key === "StringFileInfo")
    .flatMap((info) => partsOf(pe, info))
    .flatMap((table) => partsOf(pe, table))
    .map(({ key, value, end }) => [key, readText(pe, value, end).text] as const);
  return { fileVersion: numbers.join("."), strings: Object.fromEntries(strings) };
}

/** Three words, of which the first is the length and the second the value's; key; value; parts. */
function readNode(pe: PeImage, start: number): Node {
  const length = pe.u16(start);
  if (length < SHORTEST_NODE) throw pe.fault(start, `a part of ${length} bytes`);
  const isText = pe.u16(start + 4) === 1;
  const { text: key, end: keyEnd } = readText(pe, start + 6, start + length);
  const value = aligned(start, keyEnd);
  const inner = aligned(start, value + pe.u16(start + 2) * (isText ? 2 : 1));
  return { key, value, inner, end: start + length };
}

function partsOf(pe: PeImage, parent: Node): readonly Node[] {
  const found: Node[] = [];
  for (let at = parent.inner; at < parent.end;) {
    const part = readNode(pe, at);
    found.push(part);
    at = aligned(at, part.end);
  }
  return found;
}

/** UTF-16 up to a NUL, or to the limit; `end` is after the NUL. */
function readText(
  pe: PeImage,
  start: number,
  limit: number,
): { readonly text: string; readonly end: number } {
  const units: number[] = [];
  let at = start;
  for (; at < limit; at += 2) {
    const unit = pe.u16(at);
    if (unit === 0) break;
    units.push(unit);
  }
  return { text: String.fromCharCode(...units), end: at + 2 };
}

/** The next multiple of four, counted from where the part starts. */
function aligned(start: number, offset: number): number {
  return offset + (-(offset - start) & 3);
}
