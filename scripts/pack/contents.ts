import lock from "../../bun.lock";
import runtimesLock from "../build/runtimes/bun.lock";
import { lockedPackages } from "./locked-packages.ts";

/** Bundled into src/page/live-page.html when that is made: the program imports nothing of it. */
const IN_THE_PAGE = ["uplot"];

/** The npm packages that every program contains. */
export const PACKAGES = lockedPackages(lock, IN_THE_PAGE);

/** The packages with the Bun of each target; a program contains one. */
export const RUNTIMES = lockedPackages(runtimesLock);

/** What all runtimes are. */
export const BUN = {
  version: RUNTIMES[0]?.version ?? "",
  license: "MIT",
  home: "https://github.com/oven-sh/bun",
  /** Says what Bun links statically and under which licenses. */
  licenses: "https://bun.com/docs/project/license",
} as const;
