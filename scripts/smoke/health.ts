import { expected } from "./expected.ts";
import type { Program } from "./program.ts";

/** Asks the exporter at this address for its health, as a container's engine does. */
export async function checkHealth(
  program: Program,
  address: string,
  wanted: number,
): Promise<void> {
  const ended = await program.run("healthcheck", "--listen", address);
  if (ended.code === wanted) return;
  throw expected(`exit code ${wanted} of "healthcheck"`, JSON.stringify(ended));
}
