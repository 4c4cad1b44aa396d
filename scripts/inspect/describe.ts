import { basename } from "node:path";
import type { MachOFacts } from "./mach-o.ts";
import type { ProgramFacts } from "./program.ts";
import { signatureFaults } from "./signature-faults.ts";
import { newestGlibc } from "./version-order.ts";

/** The flag CS_ADHOC: signed by nobody, so that macOS can see whether it is whole. */
const AD_HOC = 2;

/** A line for one program, in columns. */
export function describeProgram(target: string, bytes: number, facts: ProgramFacts): string {
  const megabytes = (bytes / 1e6).toFixed(1);
  const about = [`${facts.format} ${facts.machine}`, ...detailsOf(facts)].join(", ");
  const libraries = facts.libraries.map((library) => basename(library)).join(" ");
  return `${target.padEnd(20)} ${megabytes.padStart(6)} MB  ${about}; ${libraries || "no libraries"}`;
}

function detailsOf(facts: ProgramFacts): readonly string[] {
  if (facts.format === "ELF") {
    const glibc = newestGlibc(facts.symbolVersions);
    return glibc === undefined ? [] : [`glibc ${glibc}`];
  }
  if (facts.format === "Mach-O") {
    return [`macOS ${facts.macos ?? "of any version"}`, describeSignature(facts)];
  }
  const versions = facts.versions.map(({ strings }) => strings["ProductVersion"] ?? "unknown");
  const signature = facts.certificateBytes === 0 ? "not signed" : "signed";
  return [facts.subsystem, `version ${versions.join(" ") || "none"}`, signature];
}

function describeSignature({ signature }: MachOFacts): string {
  const faults = signatureFaults(signature);
  if (faults.length > 0) return `signature ${faults.join(", ")}: to be renewed on macOS`;
  const [directory] = signature?.directories ?? [];
  if (directory === undefined) return "no signature";
  const { identifier, flags, pages } = directory;
  const kind = (flags & AD_HOC) === 0 ? "by a certificate" : "ad hoc";
  return `signature sound on ${pages} pages (${kind}, as ${identifier})`;
}
