import { createPeImage } from "./pe-image.ts";
import { readImports } from "./pe-imports.ts";
import { readVersionResource, type VersionResource } from "./version-resource.ts";

/** What a Windows program asks of the machine, and what it says it is (Microsoft's "PE Format"). */
export interface PeFacts {
  readonly format: "PE";
  readonly machine: string;
  readonly libraries: readonly string[];
  readonly subsystem: string;
  /** Bytes of an Authenticode signature. */
  readonly certificateBytes: number;
  readonly versions: readonly VersionResource[];
}

const MACHINES: Readonly<Record<number, string>> = { 0x8664: "x64", 0xaa64: "arm64" };
const SUBSYSTEMS: Readonly<Record<number, string>> = { 2: "windows", 3: "console" };
const CERTIFICATES = 4;

/** Throws if it is no whole PE32+ file. */
export function readPe(content: Uint8Array): PeFacts {
  const pe = createPeImage(content);
  const machine = pe.u16(pe.header + 4);
  const subsystem = pe.u16(pe.optionalHeader + 68);
  return {
    format: "PE",
    machine: MACHINES[machine] ?? `machine ${machine}`,
    libraries: readImports(pe),
    subsystem: SUBSYSTEMS[subsystem] ?? `subsystem ${subsystem}`,
    certificateBytes: pe.tableSize(CERTIFICATES),
    versions: readVersionResource(pe),
  };
}
