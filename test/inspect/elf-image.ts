/** Where the parts of the image are. */
export const PLACES = {
  segments: 64,
  interpreter: 0x100,
  strings: 0x140,
  versions: 0x1c0,
  dynamic: 0x240,
} as const;

const SIZE = 0x300;
/** Where the loader puts the file. */
const ADDRESS = 0x200000;

const STRINGS = ["", "libc.so.6", "libm.so.6", "GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_2.4"];

/** A small x64 program for Linux that needs two libraries and three versions of symbols. */
export function tinyElf(): Buffer {
  const image = Buffer.alloc(SIZE);
  image.write("\u007fELF\u0002\u0001\u0001", "latin1");
  image.writeUInt16LE(2, 16);
  image.writeUInt16LE(0x3e, 18);
  image.writeBigUInt64LE(BigInt(PLACES.segments), 32);
  image.writeUInt16LE(56, 54);
  image.writeUInt16LE(3, 56);
  writeSegments(image);
  image.write("/lib64/ld-linux-x86-64.so.2\0", PLACES.interpreter);
  image.write(`${STRINGS.join("\0")}\0`, PLACES.strings);
  writeVersions(image);
  const dynamic = [
    [1, nameOf("libc.so.6")],
    [1, nameOf("libm.so.6")],
    [5, ADDRESS + PLACES.strings],
    [0x6ffffffe, ADDRESS + PLACES.versions],
    [0, 0],
  ];
  for (const [index, value] of dynamic.flat().entries()) {
    image.writeBigUInt64LE(BigInt(value), PLACES.dynamic + index * 8);
  }
  return image;
}

function nameOf(name: string): number {
  return STRINGS.slice(0, STRINGS.indexOf(name)).join("\0").length + 1;
}

function writeSegments(image: Buffer): void {
  const segments = [
    { type: 3, offset: PLACES.interpreter, size: 28 },
    { type: 1, offset: 0, size: SIZE },
    { type: 2, offset: PLACES.dynamic, size: 80 },
  ];
  for (const [index, { type, offset, size }] of segments.entries()) {
    const at = PLACES.segments + index * 56;
    image.writeUInt32LE(type, at);
    image.writeBigUInt64LE(BigInt(offset), at + 8);
    image.writeBigUInt64LE(BigInt(ADDRESS + offset), at + 16);
    image.writeBigUInt64LE(BigInt(size), at + 32);
  }
}

/** Two libraries, the first with two versions; each link says how far the next is. */
function writeVersions(image: Buffer): void {
  const at = PLACES.versions;
  const library = (offset: number, toVersion: number, next: number): void => {
    image.writeUInt32LE(toVersion, offset + 8);
    image.writeUInt32LE(next, offset + 12);
  };
  const version = (offset: number, name: string, next: number): void => {
    image.writeUInt32LE(nameOf(name), offset + 8);
    image.writeUInt32LE(next, offset + 12);
  };
  library(at, 32, 16);
  library(at + 16, 48, 0);
  version(at + 32, "GLIBC_2.2.5", 16);
  version(at + 48, "GLIBC_2.17", 0);
  version(at + 64, "GLIBC_2.4", 0);
}
