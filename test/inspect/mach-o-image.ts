import { createHash } from "node:crypto";

export interface MachOOptions {
  /** One directory for each. */
  readonly hashes?: readonly ("sha1" | "sha256")[];
  readonly flags?: number;
  readonly entitlements?: string;
  /** What a certificate's signature holds. */
  readonly cms?: "nothing" | "the directory" | "another directory";
  /** How many bytes the signature covers, if not all. */
  readonly codeLimit?: number;
}

export const PAGE_SIZE = 4096;
/** Three pages and a half. */
export const SIGNATURE_AT = 3.5 * PAGE_SIZE;

const HASHES = {
  sha1: { type: 1, length: 20 },
  sha256: { type: 2, length: 32 },
} as const;

/** Slots before the first page, of which the fifth is the entitlements'. */
const SPECIAL_SLOTS = 5;
const ENTITLEMENTS = 5;
const IDENTIFIER = "tiny\0";
const CODE_DIRECTORY = 0xfade0c02;

/** A small arm64 program for macOS 13 that is signed as codesign would do it. */
export function tinyMachO(options: MachOOptions = {}): Buffer {
  const { hashes = ["sha256"], entitlements, cms } = options;
  const signatureSize = 2048;
  const code = codeWith(signatureSize);
  const parts =
    entitlements === undefined ? undefined : blob(0xfade7171, Buffer.from(entitlements));
  const directories = hashes.map((hash) => directory(code, hash, parts, options));
  const blobs: (readonly [slot: number, content: Buffer])[] = directories.map((content, index) => [
    index === 0 ? 0 : 0x1000 + index - 1,
    content,
  ]);
  if (parts) blobs.push([ENTITLEMENTS, parts]);
  if (cms) blobs.push([0x10000, blob(0xfade0b01, signedContent(cms, directories[0]))]);
  const signature = Buffer.alloc(signatureSize);
  superBlob(blobs).copy(signature);
  return Buffer.concat([code, signature]);
}

function codeWith(signatureSize: number): Buffer {
  const code = Buffer.from(Array.from({ length: SIGNATURE_AT }, (_, index) => (index * 7) % 251));
  const commands = [
    command(0xe, [12], "/usr/lib/dyld"),
    command(0xc, [24, 0, 0, 0], "/usr/lib/libSystem.B.dylib"),
    command(0x32, [1, 13 << 16, 0, 0]),
    command(0x1d, [SIGNATURE_AT, signatureSize]),
  ];
  const size = Buffer.concat(commands).length;
  words([0xfeedfacf, 0x100000c, 0, 2, commands.length, size, 0, 0]).copy(code);
  Buffer.concat(commands).copy(code, 32);
  return code;
}

/** Little-endian, as everything but the signature. */
function words(values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}

function command(type: number, fields: readonly number[], path?: string): Buffer {
  const text = Buffer.from(path === undefined ? "" : `${path}\0`);
  const size = Math.ceil((8 + fields.length * 4 + text.length) / 8) * 8;
  return Buffer.concat([words([type, size, ...fields]), text], size);
}

function directory(
  code: Buffer,
  hash: keyof typeof HASHES,
  entitlements: Buffer | undefined,
  { flags = 2, codeLimit = SIGNATURE_AT }: MachOOptions,
): Buffer {
  const { type, length } = HASHES[hash];
  const digest = (content: Buffer): Buffer => createHash(hash).update(content).digest();
  const pages = Array.from({ length: Math.ceil(codeLimit / PAGE_SIZE) }, (_, page) =>
    digest(code.subarray(page * PAGE_SIZE, Math.min(codeLimit, (page + 1) * PAGE_SIZE))),
  );
  const special = Buffer.alloc(SPECIAL_SLOTS * length);
  // They are counted backwards from the first page.
  if (entitlements) digest(entitlements).copy(special);
  const header = Buffer.alloc(80);
  const hashesAt = 8 + header.length + IDENTIFIER.length + special.length;
  const fields = [0x20400, flags, hashesAt, 8 + header.length, SPECIAL_SLOTS];
  for (const [index, field] of [...fields, pages.length, codeLimit].entries()) {
    header.writeUInt32BE(field, index * 4);
  }
  header.set([length, type, 0, Math.log2(PAGE_SIZE)], 28);
  return blob(CODE_DIRECTORY, Buffer.concat([header, Buffer.from(IDENTIFIER), special, ...pages]));
}

function signedContent(
  cms: NonNullable<MachOOptions["cms"]>,
  first: Buffer = Buffer.alloc(0),
): Buffer {
  if (cms === "nothing") return Buffer.alloc(0);
  const signed = cms === "the directory" ? first : Buffer.from("another");
  return Buffer.concat([Buffer.from("CMS"), createHash("sha256").update(signed).digest()]);
}

function blob(magic: number, content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(magic);
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}

function superBlob(blobs: readonly (readonly [slot: number, content: Buffer])[]): Buffer {
  const index = Buffer.alloc(4 + blobs.length * 8);
  index.writeUInt32BE(blobs.length);
  let offset = 8 + index.length;
  for (const [position, [slot, content]] of blobs.entries()) {
    index.writeUInt32BE(slot, 4 + position * 8);
    index.writeUInt32BE(offset, 8 + position * 8);
    offset += content.length;
  }
  return blob(0xfade0cc0, Buffer.concat([index, ...blobs.map(([, content]) => content)]));
}
