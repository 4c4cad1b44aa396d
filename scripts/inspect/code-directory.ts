import { createHash } from "node:crypto";
import { type DirectoryLayout, readDirectoryLayout } from "./directory-layout.ts";
import type { Image } from "./image.ts";
import type { Blob } from "./signature-blobs.ts";

/** A list of the hashes of all pages, and what became of them. */
export interface CodeDirectory {
  readonly hash: string;
  readonly hashBits: number;
  readonly flags: number;
  readonly identifier: string;
  readonly pageSize: number;
  /** Where the bytes end that it is about. */
  readonly codeLimit: number;
  /** How many hashes it has, and how many the bytes up to the limit need. */
  readonly pages: number;
  readonly pagesNeeded: number;
  /** Numbers of the pages whose bytes have another hash than the one that stands here. */
  readonly stalePages: readonly number[];
  /** Parts of the signature itself that have another hash, or none here. */
  readonly staleParts: readonly string[];
}

/** Slots before the first page for what the signature itself has in it. */
const PARTS = [
  { slot: 2, name: "requirements" },
  { slot: 5, name: "entitlements" },
  { slot: 7, name: "DER entitlements" },
] as const;

/** Reads one directory, whose start is given, and hashes all pages anew. */
export function readCodeDirectory(
  image: Image,
  start: number,
  blobs: readonly Blob[],
): CodeDirectory {
  const layout = readDirectoryLayout(image, start);
  const { hash, pageSize, codeLimit, pages } = layout;
  return {
    hash: hash.name,
    hashBits: hash.bits,
    flags: image.u32(start + 12),
    identifier: image.text(start + image.u32(start + 20)),
    pageSize,
    codeLimit,
    pages,
    pagesNeeded: Math.ceil(codeLimit / pageSize),
    stalePages: findStalePages(image, layout),
    staleParts: PARTS.filter(({ slot }) =>
      isStalePart(layout, slot, blobs.find((blob) => blob.slot === slot)?.content),
    ).map(({ name }) => name),
  };
}

function findStalePages(image: Image, layout: DirectoryLayout): readonly number[] {
  const { pageSize, codeLimit, pages } = layout;
  const stale: number[] = [];
  for (let page = 0; page < pages && page * pageSize < codeLimit; page++) {
    const offset = page * pageSize;
    const content = image.bytes(offset, Math.min(pageSize, codeLimit - offset));
    if (!isHashed(layout, page, content)) stale.push(page);
  }
  return stale;
}

/** A part needs its hash, and a hash its part. */
function isStalePart(layout: DirectoryLayout, slot: number, content: Buffer | undefined): boolean {
  if (slot > layout.specialSlots) return content !== undefined;
  return content === undefined
    ? layout.hashIn(-slot).some((byte) => byte !== 0)
    : !isHashed(layout, -slot, content);
}

function isHashed({ hash, hashIn }: DirectoryLayout, slot: number, content: Buffer): boolean {
  return hashIn(slot).equals(createHash(hash.name).update(content).digest());
}
