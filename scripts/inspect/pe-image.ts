import { createImage, type Image } from "./image.ts";

/** A Windows program, and where the addresses of the loaded program are in the file. */
export interface PeImage extends Image {
  /** Offsets of the two headers. */
  readonly header: number;
  readonly optionalHeader: number;
  /** Where the address leads that stands at an offset. */
  follow(offset: number): number;
  /** Where a table is that the header lists; undefined if there is none. */
  table(index: number): number | undefined;
  /** Bytes of a table. */
  tableSize(index: number): number;
}

const PE32_PLUS = 0x20b;

/** Throws if it is no PE32+ file. */
export function createPeImage(content: Uint8Array): PeImage {
  const image = createImage("PE file", content);
  if (image.bytes(0, 2).toString("latin1") !== "MZ") throw image.fault(0, "no MZ header");
  const header = image.u32(60);
  if (image.bytes(header, 4).toString("latin1") !== "PE\0\0") {
    throw image.fault(header, "no PE header");
  }
  const optionalHeader = header + 24;
  if (image.u16(optionalHeader) !== PE32_PLUS) {
    throw image.fault(optionalHeader, "no PE32+ header");
  }
  const tables = optionalHeader + 112;
  const count = image.u32(optionalHeader + 108);
  const sections = optionalHeader + image.u16(header + 20);
  const follow = follower(image, sections, image.u16(header + 6));
  return {
    ...image,
    header,
    optionalHeader,
    follow,
    table(index) {
      const at = tables + index * 8;
      return index < count && image.u32(at) !== 0 ? follow(at) : undefined;
    },
    tableSize: (index) => (index < count ? image.u32(tables + index * 8 + 4) : 0),
  };
}

function follower(image: Image, start: number, count: number): PeImage["follow"] {
  const sections = Array.from({ length: count }, (_, index) => {
    const at = start + index * 40;
    const section = {
      address: image.u32(at + 12),
      size: image.u32(at + 16),
      offset: image.u32(at + 20),
    };
    image.bytes(section.offset, section.size);
    return section;
  });
  return (offset) => {
    const wanted = image.u32(offset);
    const section = sections.find(
      ({ address, size }) => wanted >= address && wanted < address + size,
    );
    if (section === undefined) throw image.fault(offset, `address ${wanted} in no section`);
    return section.offset + (wanted - section.address);
  };
}
