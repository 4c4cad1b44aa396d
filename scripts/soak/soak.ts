import { existsSync } from "node:fs";
import { failure } from "../../src/errors.ts";
import { createClients } from "./clients.ts";
import { startExporter } from "./exporter.ts";
import type { Findings } from "./findings.ts";
import { observe } from "./observe.ts";
import { probe } from "./probe.ts";
import { comeToRest } from "./rest.ts";
import type { Stage } from "./stage.ts";
import { startUpstream } from "./upstream.ts";
import { createVitals } from "./vitals.ts";

/** Measurements of what a chunk costs, each time. */
const PROBES = 3;

/**
 * Runs the whole soak with this many milliseconds of mixed traffic.
 *
 * @throws CommandError if the exporter or the upstream cannot be started, or ends by itself
 */
export async function soak(duration: number, say: (line: string) => void): Promise<Findings> {
  if (!existsSync("/proc/self/schedstat")) {
    throw failure("the figures come from /proc, which only Linux has: run it there");
  }
  const upstream = await startUpstream();
  const exporter = await startExporter(upstream.url);
  const clients = createClients(exporter.url);
  const vitals = createVitals(exporter.pid);
  const stage = { upstream, exporter, clients, vitals, say };
  const died = Promise.race([upstream.died, exporter.died]);
  const findings = await Promise.race([perform(stage, duration), died]);
  const ending = await exporter.stop("SIGTERM");
  await upstream.stop("SIGKILL");
  return { ...findings, ending };
}

async function perform(stage: Stage, duration: number): Promise<Omit<Findings, "ending">> {
  const { clients, exporter, vitals, say } = stage;
  say("measuring what a chunk costs an exporter that has just started");
  // Once unmeasured, for the code to get as fast as it gets.
  await probe(clients, vitals, 1);
  const before = { ...(await comeToRest(stage)), cost: await probe(clients, vitals, PROBES) };

  const observed = await observe(stage, duration);

  say("measuring what a chunk costs it now");
  const rest = await comeToRest(stage, before.descriptors);
  const after = { ...rest, cost: await probe(clients, vitals, PROBES) };
  return { ...observed, duration, before, after, errors: exporter.errors };
}
