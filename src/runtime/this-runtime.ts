import { bun } from "./bun.ts";
import { deno } from "./deno.ts";
import type { Runtime } from "./runtime.ts";

/** The runtime that this process runs on. */
export const thisRuntime: Runtime = "Deno" in globalThis ? deno : bun;
