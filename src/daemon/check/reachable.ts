import type { UpstreamAddress } from "../../config.ts";
import { escaped } from "../../messages/quoted.ts";
import type { Finding } from "../startup-probe.ts";
import type { Checked } from "./report.ts";
import { whyUnreachable } from "./unreachable.ts";

/** Whether Ollama is where the upstream is, and which. */
export async function checkReachable(
  finding: Finding,
  upstream: UpstreamAddress,
): Promise<Checked> {
  if (finding.kind === "ollama") return checked(`yes: Ollama ${escaped(finding.version)}`, true);
  if (finding.kind === "loop") return checked("yes: it is this exporter", true);
  if (finding.kind === "silent") return checked(`no: ${await whyUnreachable(upstream)}`, false);
  const { status } = finding;
  return checked(`yes, but with status ${status} and not as Ollama: check --upstream`, false);
}

function checked(found: string, ok: boolean): Checked {
  return { what: "reachable", found, ok };
}
