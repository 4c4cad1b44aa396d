import type { TARGETS, TargetName } from "../build/targets.ts";
import type { ProgramFacts } from "./program.ts";

export type ReleaseTarget = (typeof TARGETS)[number];

/** What a program may ask of the machine that it runs on. */
export interface Expectation {
  readonly format: ProgramFacts["format"];
  readonly interpreter?: string;
  /** All that it may need. */
  readonly libraries: readonly string[];
  /** The newest glibc that it may need: 2.17 is CentOS 7's, and the first for arm64. */
  readonly glibc?: string;
  /** The newest macOS that it may need. */
  readonly macos?: string;
}

const GLIBC_LIBRARIES = ["libc.so.6", "libpthread.so.0", "libdl.so.2", "libm.so.6"];

const GLIBC_X64: Expectation = {
  format: "ELF",
  interpreter: "/lib64/ld-linux-x86-64.so.2",
  libraries: [...GLIBC_LIBRARIES, "ld-linux-x86-64.so.2"],
  glibc: "2.17",
};

const MACOS: Expectation = {
  format: "Mach-O",
  interpreter: "/usr/lib/dyld",
  libraries: [
    "/usr/lib/libicucore.A.dylib",
    "/usr/lib/libresolv.9.dylib",
    "/usr/lib/libc++.1.dylib",
    "/usr/lib/libSystem.B.dylib",
  ],
  macos: "13.0",
};

/** Libraries of Windows itself, none of which has to be installed. */
const WINDOWS: Expectation = {
  format: "PE",
  libraries: [
    "advapi32.dll",
    "api-ms-win-core-synch-l1-2-0.dll",
    "bcryptprimitives.dll",
    "crypt32.dll",
    "dbghelp.dll",
    "iphlpapi.dll",
    "kernel32.dll",
    "ntdll.dll",
    "ole32.dll",
    "oleaut32.dll",
    "shell32.dll",
    "user32.dll",
    "userenv.dll",
    "ws2_32.dll",
    "wsock32.dll",
  ],
};

/** As measured with Bun 1.4.5. More than this means that somebody can no longer run it: decide. */
export const EXPECTATIONS: Readonly<Record<TargetName, Expectation>> = {
  linux_x64: GLIBC_X64,
  "linux_x64-baseline": GLIBC_X64,
  linux_arm64: {
    format: "ELF",
    interpreter: "/lib/ld-linux-aarch64.so.1",
    libraries: [...GLIBC_LIBRARIES, "ld-linux-aarch64.so.1"],
    glibc: "2.17",
  },
  // On Alpine libstdc++ is a package that has to be installed.
  "linux_x64-musl": {
    format: "ELF",
    interpreter: "/lib/ld-musl-x86_64.so.1",
    libraries: ["libc.musl-x86_64.so.1", "libstdc++.so.6"],
  },
  "linux_arm64-musl": {
    format: "ELF",
    interpreter: "/lib/ld-musl-aarch64.so.1",
    libraries: ["libc.musl-aarch64.so.1", "libstdc++.so.6"],
  },
  darwin_x64: MACOS,
  darwin_arm64: MACOS,
  windows_x64: WINDOWS,
  "windows_x64-baseline": WINDOWS,
  windows_arm64: WINDOWS,
};
