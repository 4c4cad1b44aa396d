import type { Image } from "./image.ts";

/** Where the hashes of a code directory are, and of what. */
export interface DirectoryLayout {
  readonly hash: { readonly name: string; readonly bits: number };
  readonly pageSize: number;
  /** Where the bytes end that are hashed. */
  readonly codeLimit: number;
  readonly pages: number;
  readonly specialSlots: number;
  /** The hash in a slot: from 0 on those of the pages, before it those of the signature's parts. */
  hashIn(slot: number): Buffer;
}

const MAGIC = 0xfade0c02;
/** From here on there is a limit of 64 bits. */
const WITH_LONG_LIMIT = 0x20300;

const HASHES: Readonly<Record<number, DirectoryLayout["hash"]>> = {
  1: { name: "sha1", bits: 160 },
  2: { name: "sha256", bits: 256 },
  4: { name: "sha384", bits: 384 },
};

/** codesign makes pages of 4 and 16 KiB; tiny ones would take hours. */
const LEAST_PAGE_BITS = 12;
const MOST_PAGE_BITS = 16;

export function readDirectoryLayout(image: Image, start: number): DirectoryLayout {
  if (image.u32(start) !== MAGIC) throw image.fault(start, "no code directory");
  const type = image.u8(start + 37);
  const hash = HASHES[type];
  if (hash === undefined) throw image.fault(start + 37, `unknown kind of hash ${type}`);
  const length = hash.bits / 8;
  if (image.u8(start + 36) !== length) throw image.fault(start + 36, "a hash of another length");
  const pageBits = image.u8(start + 39);
  if (pageBits < LEAST_PAGE_BITS || pageBits > MOST_PAGE_BITS) {
    throw image.fault(start + 39, `pages of 2^${pageBits} bytes`);
  }
  const hashes = start + image.u32(start + 16);
  return {
    hash,
    pageSize: 2 ** pageBits,
    codeLimit: readLimit(image, start),
    pages: image.u32(start + 28),
    specialSlots: image.u32(start + 24),
    hashIn: (slot) => image.bytes(hashes + slot * length, length),
  };
}

function readLimit(image: Image, start: number): number {
  const long = image.u32(start + 8) >= WITH_LONG_LIMIT ? image.u64(start + 56) : 0;
  return long === 0 ? image.u32(start + 32) : long;
}
