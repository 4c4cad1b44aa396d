import { Resource } from "resedit";

/** Where the parts of the image are. */
export const PLACES = {
  header: 64,
  tables: 200,
  imports: 512,
  resources: 1024,
  version: 1024 + 88,
} as const;

/** Where Windows puts the two sections. */
const IMPORTS = 0x1000;
const RESOURCES = 0x2000;

const LANGUAGE = { lang: 1033, codepage: 1200 };

/** A small x64 program for Windows; its version resource is resedit's work. */
export function tinyPe(strings: Readonly<Record<string, string>>): Buffer {
  const version = versionResource(strings);
  const image = Buffer.alloc(PLACES.version + version.length);
  image.write("MZ");
  image.writeUInt32LE(PLACES.header, 60);
  image.write("PE\0\0", PLACES.header);
  image.writeUInt16LE(0x8664, PLACES.header + 4);
  image.writeUInt16LE(2, PLACES.header + 6);
  image.writeUInt16LE(240, PLACES.header + 20);
  const optional = PLACES.header + 24;
  image.writeUInt16LE(0x20b, optional);
  image.writeUInt16LE(3, optional + 68);
  image.writeUInt32LE(16, optional + 108);
  const table = (index: number, address: number): unknown =>
    image.writeUInt32LE(address, PLACES.tables + index * 8);
  table(1, IMPORTS);
  table(2, RESOURCES);
  table(13, IMPORTS + 200);
  const section = (index: number, address: number, offset: number, size: number): void => {
    const at = optional + 240 + index * 40;
    for (const [word, value] of [size, address, size, offset].entries()) {
      image.writeUInt32LE(value, at + 8 + word * 4);
    }
  };
  section(0, IMPORTS, PLACES.imports, 512);
  section(1, RESOURCES, PLACES.resources, image.length - PLACES.resources);
  writeImports(image);
  writeDirectories(image, version.length);
  version.copy(image, PLACES.version);
  return image;
}

function versionResource(strings: Readonly<Record<string, string>>): Buffer {
  const info = Resource.VersionInfo.createEmpty();
  info.setFileVersion(1, 2, 3, 4, LANGUAGE.lang);
  info.setStringValues(LANGUAGE, strings);
  const entries: Parameters<typeof info.outputToResourceEntries>[0] = [];
  info.outputToResourceEntries(entries);
  return Buffer.from(entries[0]?.bin ?? new ArrayBuffer());
}

/** One library that is loaded at the start, and one when it is first called. */
function writeImports(image: Buffer): void {
  image.writeUInt32LE(IMPORTS + 100, PLACES.imports + 12);
  image.write("KERNEL32.dll\0", PLACES.imports + 100);
  image.writeUInt32LE(IMPORTS + 300, PLACES.imports + 200 + 4);
  image.write("WS2_32.dll\0", PLACES.imports + 300);
}

/** Type 16, name 1, language 1033, each a directory of one entry; then the leaf. */
function writeDirectories(image: Buffer, size: number): void {
  for (const [level, id] of [16, 1, LANGUAGE.lang].entries()) {
    const at = PLACES.resources + level * 24;
    const next = (level + 1) * 24;
    image.writeUInt16LE(1, at + 14);
    image.writeUInt32LE(id, at + 16);
    image.writeUInt32LE(level === 2 ? next : 0x80000000 + next, at + 20);
  }
  image.writeUInt32LE(RESOURCES + 88, PLACES.resources + 72);
  image.writeUInt32LE(size, PLACES.resources + 76);
}
