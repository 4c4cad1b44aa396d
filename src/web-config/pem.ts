import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { escaped } from "../messages/quoted.ts";
import type { FilesRead } from "./files-read.ts";
import { type Mistake, type Section, textOf } from "./section.ts";

export interface PemSource {
  readonly section: Section;
  /** Where the section stands, with a dot at its end. */
  readonly at: string;
  /** Files are named from here. */
  readonly folder: string;
  readonly files: FilesRead;
  readonly mistake: Mistake;
}

/** The text of `<name>_file`, or `<name>` itself; undefined if neither is there. Throws a mistake. */
export function pemText(source: PemSource, name: string): string | undefined {
  const { section, at, folder, files, mistake } = source;
  const inline = textOf(section, name, at, mistake);
  const file = textOf(section, `${name}_file`, at, mistake);
  if (inline !== undefined && file !== undefined) {
    throw mistake(`${at}${name} and ${at}${name}_file are both given: leave one out`);
  }
  if (file === undefined) return inline;
  if (file.includes("\n") || file.includes("-----BEGIN")) {
    throw mistake(`${at}${name}_file is no file's name: a text in PEM form goes into ${at}${name}`);
  }
  const path = resolve(folder, file);
  files.add(path);
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    throw mistake(
      `${at}${name}_file "${escaped(file)}" ${why}: name a file in PEM form, from the folder of this one`,
    );
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

/** Checks that a text is certificates, and gives the first. Throws a mistake about the field. */
export function certificatesIn(pem: string, field: string, mistake: Mistake): X509Certificate {
  const [first, ...others] = pem.match(CERTIFICATE) ?? [];
  if (first === undefined) {
    throw mistake(
      `${field} is not a certificate in PEM form: it begins with -----BEGIN CERTIFICATE`,
    );
  }
  const certificate = certificateIn(first, 1, field, mistake);
  // One whose end is missing, as while the file is being written.
  if (pem.split("-----BEGIN CERTIFICATE-----").length - 1 > others.length + 1) {
    throw mistake(`${field} has a certificate without its end`);
  }
  for (const [index, other] of others.entries()) certificateIn(other, index + 2, field, mistake);
  return certificate;
}

function certificateIn(
  pem: string,
  number: number,
  field: string,
  mistake: Mistake,
): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw mistake(`${field} has a certificate that cannot be read, number ${number} of the file`);
  }
}

/** Checks that a key is the certificate's. Throws a mistake that never shows the key. */
export function checkKey(
  pem: string,
  certificate: X509Certificate,
  field: string,
  mistake: Mistake,
): void {
  let key;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw mistake(`${field} is not a private key in PEM form without a passphrase`);
  }
  if (!certificate.checkPrivateKey(key)) {
    throw mistake(
      `${field} is not the key of the certificate: name the pair that belongs together`,
    );
  }
}
