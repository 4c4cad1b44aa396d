import type { UpstreamAddress } from "../../config.ts";
import { escaped } from "../../messages/quoted.ts";
import type { Finding } from "../startup-probe.ts";
import type { Checked } from "./report.ts";
import { whyUnreachable } from "./unreachable.ts";

/** Whether Ollama is where the upstream is, and which. */
export async function checkReachable(finding: Finding, upstream: UpstreamAddress): Promise<Checked> {
  const what = "reachable";
  switch (finding.kind) {
    case "ollama":
      return { what, found: `yes: Ollama ${escaped(finding.version)}`, ok: true };
    case "other": {
      const found = `yes, but it answers with status ${finding.status} and not as Ollama: check --upstream`;
      return { what, found, ok: false };
    }
    case "loop":
      return { what, found: "yes: it is this exporter", ok: true };
    case "silent":
      return { what, found: `no: ${await whyUnreachable(upstream)}`, ok: false };
  }
}
