import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** SHA-256 in hexadecimal by the name of a file. */
export type Checksums = ReadonlyMap<string, string>;

/** SHA-256 of a file, in hexadecimal. Rejects if it cannot be read. */
export async function checksumOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** As `sha256sum --check` reads it. */
export function checksumsText(checksums: Checksums): string {
  return Array.from(checksums, ([name, sum]) => `${sum}  ${name}\n`).join("");
}

/** Reads what `checksumsText` wrote. Throws at the first other line. */
export function readChecksums(text: string): Checksums {
  const lines = text.split("\n").filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (sum === undefined || name === undefined) {
        throw new Error(`checksums.txt: not "SHA256  FILE": ${line.slice(0, 100)}`);
      }
      return [name, sum];
    }),
  );
}

/** The checksum of a file that a release must have. Throws, naming it, if it is not there. */
export function requiredChecksum(checksums: Checksums, name: string): string {
  const sum = checksums.get(name);
  if (sum === undefined) {
    throw new Error(`checksums.txt has no ${name}: the release is not complete`);
  }
  return sum;
}
