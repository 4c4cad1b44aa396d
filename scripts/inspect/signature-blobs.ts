import type { Image } from "./image.ts";

/** A part of a code signature, by the slot it is for. */
export interface Blob {
  readonly slot: number;
  readonly offset: number;
  readonly content: Buffer;
}

const SUPER_BLOB = 0xfade0cc0;
const MOST_BLOBS = 32;

/** The blobs in the one that holds all others. */
export function readBlobs(image: Image, offset: number): readonly Blob[] {
  if (image.u32(offset) !== SUPER_BLOB) throw image.fault(offset, "no code signature");
  const count = image.u32(offset + 8);
  if (count > MOST_BLOBS) throw image.fault(offset + 8, `${count} blobs in the signature`);
  const blobs = Array.from({ length: count }, (_, index): Blob => {
    const entry = offset + 12 + index * 8;
    const start = offset + image.u32(entry + 4);
    const content = image.bytes(start, image.u32(start + 4));
    return { slot: image.u32(entry), offset: start, content };
  });
  const slots = new Set(blobs.map(({ slot }) => slot));
  if (slots.size < count) throw image.fault(offset + 12, "two blobs for one slot");
  return blobs;
}
