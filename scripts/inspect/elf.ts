import { createImage, type Image } from "./image.ts";

/** What a Linux program asks of the machine, as its loader reads it (elf(5)). */
export interface ElfFacts {
  readonly format: "ELF";
  readonly machine: string;
  readonly interpreter: string | undefined;
  readonly libraries: readonly string[];
  /** What these libraries must know, as `GLIBC_2.17`. */
  readonly symbolVersions: readonly string[];
}

const MACHINES: Readonly<Record<number, string>> = { 0x3e: "x64", 0xb7: "arm64" };

/** Segment types. */
const LOAD = 1;
const DYNAMIC = 2;
const INTERPRETER = 3;

/** Tags of the dynamic segment. */
const NEEDED = 1;
const STRINGS = 5;
const VERSIONS = 0x6ffffffe;

/** Libraries, and links of a chain; more would be an attack. */
const MOST = 200;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/** Throws if it is no whole 64-bit little-endian ELF file. */
export function readElf(content: Uint8Array): ElfFacts {
  const image = createImage("ELF file", content);
  if (image.bytes(0, 4).toString("latin1") !== "\u007fELF") throw image.fault(0, "no ELF header");
  if (image.u8(4) !== 2 || image.u8(5) !== 1) {
    throw image.fault(4, "not 64 bits and little-endian");
  }
  const machine = image.u16(18);
  const segments = readSegments(image);
  const interpreter = segments.find(({ type }) => type === INTERPRETER);
  return {
    format: "ELF",
    machine: MACHINES[machine] ?? `machine ${machine}`,
    interpreter: interpreter && image.text(interpreter.offset),
    ...readDynamic(image, segments),
  };
}

function readSegments(image: Image): readonly Segment[] {
  const start = image.u64(32);
  const size = image.u16(54);
  return Array.from({ length: image.u16(56) }, (_, index) => {
    const at = start + index * size;
    const segment = {
      type: image.u32(at),
      offset: image.u64(at + 8),
      address: image.u64(at + 16),
      size: image.u64(at + 32),
    };
    if (segment.type === LOAD) image.bytes(segment.offset, segment.size);
    return segment;
  });
}

/** A program without libraries may have no such segment. */
function readDynamic(
  image: Image,
  segments: readonly Segment[],
): Pick<ElfFacts, "libraries" | "symbolVersions"> {
  const dynamic = segments.find(({ type }) => type === DYNAMIC);
  if (dynamic === undefined) return { libraries: [], symbolVersions: [] };
  const names: number[] = [];
  const places = new Map<number, number>();
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    const tag = image.u64(at);
    if (tag === 0) break;
    if (tag === NEEDED) names.push(image.u64(at + 8));
    if (tag === STRINGS || tag === VERSIONS) places.set(tag, follow(image, segments, at + 8));
    if (names.length > MOST) throw image.fault(at, `more than ${MOST} libraries`);
  }
  const strings = places.get(STRINGS);
  if (strings === undefined) throw image.fault(dynamic.offset, "no string table");
  const versions = places.get(VERSIONS);
  return {
    libraries: names.map((name) => image.text(strings + name)),
    symbolVersions: versions === undefined ? [] : readVersions(image, versions, strings),
  };
}

/** Where the address leads that stands at an offset. */
function follow(image: Image, segments: readonly Segment[], offset: number): number {
  const wanted = image.u64(offset);
  const segment = segments.find(
    ({ type, address, size }) => type === LOAD && wanted >= address && wanted < address + size,
  );
  if (segment === undefined) throw image.fault(offset, `address ${wanted} in no segment`);
  return segment.offset + (wanted - segment.address);
}

/** What the section .gnu.version_r holds: a chain of libraries, each with a chain of versions. */
function readVersions(image: Image, start: number, strings: number): readonly string[] {
  const versions = new Set<string>();
  for (const library of chain(image, start)) {
    for (const version of chain(image, library + image.u32(library + 8))) {
      versions.add(image.text(strings + image.u32(version + 8)));
    }
  }
  return [...versions];
}

/** In both kinds of link the fourth word is how far it is to the next, 0 in the last one. */
function* chain(image: Image, start: number): Generator<number> {
  let at = start;
  for (let links = 1; ; links++) {
    if (links > MOST) throw image.fault(at, `more than ${MOST} versions`);
    yield at;
    const step = image.u32(at + 12);
    if (step === 0) return;
    at += step;
  }
}
