import { createHash } from "node:crypto";
import { type CodeDirectory, readCodeDirectory } from "./code-directory.ts";
import { createImage } from "./image.ts";
import { readBlobs } from "./signature-blobs.ts";

/** What a program's embedded signature holds (xnu's cs_blobs.h). */
export interface CodeSignature {
  /** Where it starts: all bytes before it are to be covered. */
  readonly offset: number;
  /** Bytes of the file after its end, where there should be none. */
  readonly bytesAfter: number;
  /** At least one; those with a better hash first. */
  readonly directories: readonly CodeDirectory[];
  /**
   * Whether a certificate's signature (CMS) names the first directory by its hash, which it must;
   * undefined if there is none, as in one that is ad hoc. Who signed is not looked at.
   */
  readonly cmsMatches: boolean | undefined;
  /** A property list; empty if there is none. */
  readonly entitlements: string;
}

/** Slots. */
const CODE_DIRECTORY = 0;
const ENTITLEMENTS = 5;
const FIRST_ALTERNATE = 0x1000;
const LAST_ALTERNATE = 0x1004;
const CMS = 0x10000;

/** Magic and length. */
const BLOB_HEADER = 8;

/** Throws if it cannot be read; a signature that is wrong is one that can be read. */
export function readCodeSignature(
  program: Uint8Array,
  offset: number,
  size: number,
): CodeSignature {
  const image = createImage("Mach-O file", program, "big");
  image.bytes(offset, size);
  const blobs = readBlobs(image, offset);
  const contentOf = (slot: number): Buffer | undefined =>
    blobs.find((blob) => blob.slot === slot)?.content;
  const first = contentOf(CODE_DIRECTORY);
  if (first === undefined) throw image.fault(offset, "no code directory in the signature");
  const cms = contentOf(CMS);
  return {
    offset,
    bytesAfter: image.size - (offset + size),
    directories: blobs
      .filter(({ slot }) => isDirectory(slot))
      .map((blob) => readCodeDirectory(image, blob.offset, blobs))
      .toSorted((a, b) => b.hashBits - a.hashBits),
    // An ad-hoc signature may have an empty one.
    cmsMatches: cms && cms.length > BLOB_HEADER ? names(cms, first) : undefined,
    entitlements: contentOf(ENTITLEMENTS)?.toString("utf8", BLOB_HEADER) ?? "",
  };
}

function isDirectory(slot: number): boolean {
  return slot === CODE_DIRECTORY || (slot >= FIRST_ALTERNATE && slot <= LAST_ALTERNATE);
}

function names(cms: Buffer, directory: Buffer): boolean {
  return ["sha256", "sha1"].some((algorithm) =>
    cms.includes(createHash(algorithm).update(directory).digest()),
  );
}
