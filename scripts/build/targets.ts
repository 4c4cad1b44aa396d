/** One row for each program of a release. */
export interface Target {
  /** As archives are called: `<os>_<arch>[-<variant>]`. */
  readonly name: string;
  readonly os: "linux" | "darwin" | "windows";
  readonly arch: "x64" | "arm64";
  /** `baseline` runs on x64 processors without AVX2, `musl` on Alpine. */
  readonly variant?: "baseline" | "musl";
  /** What Bun calls it. */
  readonly bun: Bun.Build.CompileTarget;
  /** The package with the Bun that the program carries. */
  readonly runtime: string;
}

export const TARGETS = [
  {
    name: "linux_x64",
    os: "linux",
    arch: "x64",
    bun: "bun-linux-x64",
    runtime: "@oven/bun-linux-x64",
  },
  {
    name: "linux_x64-baseline",
    os: "linux",
    arch: "x64",
    variant: "baseline",
    bun: "bun-linux-x64-baseline",
    runtime: "@oven/bun-linux-x64-baseline",
  },
  {
    name: "linux_arm64",
    os: "linux",
    arch: "arm64",
    bun: "bun-linux-arm64",
    runtime: "@oven/bun-linux-aarch64",
  },
  {
    name: "linux_x64-musl",
    os: "linux",
    arch: "x64",
    variant: "musl",
    bun: "bun-linux-x64-musl",
    runtime: "@oven/bun-linux-x64-musl",
  },
  {
    name: "linux_arm64-musl",
    os: "linux",
    arch: "arm64",
    variant: "musl",
    bun: "bun-linux-arm64-musl",
    runtime: "@oven/bun-linux-aarch64-musl",
  },
  {
    name: "darwin_x64",
    os: "darwin",
    arch: "x64",
    bun: "bun-darwin-x64",
    runtime: "@oven/bun-darwin-x64",
  },
  {
    name: "darwin_arm64",
    os: "darwin",
    arch: "arm64",
    bun: "bun-darwin-arm64",
    runtime: "@oven/bun-darwin-aarch64",
  },
  {
    name: "windows_x64",
    os: "windows",
    arch: "x64",
    bun: "bun-windows-x64",
    runtime: "@oven/bun-windows-x64",
  },
  {
    name: "windows_x64-baseline",
    os: "windows",
    arch: "x64",
    variant: "baseline",
    bun: "bun-windows-x64-baseline",
    runtime: "@oven/bun-windows-x64-baseline",
  },
  {
    name: "windows_arm64",
    os: "windows",
    arch: "arm64",
    bun: "bun-windows-arm64",
    runtime: "@oven/bun-windows-aarch64",
  },
] as const satisfies readonly Target[];

export type TargetName = (typeof TARGETS)[number]["name"];
