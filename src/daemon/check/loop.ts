import { ownQuestion } from "../../proxy/own-question.ts";
import type { Upstream } from "../../proxy/upstream.ts";
import { HEALTHY_PATH } from "../../routes/healthy.ts";
import { isHealthyAnswer } from "../healthy-answer.ts";
import type { Finding } from "../startup-probe.ts";
import type { CheckedListeners } from "./listeners.ts";
import type { Checked } from "./report.ts";

const DEADLINE_MS = 2000;

/** Whether requests would come back to the exporter that forwards them. */
export async function checkLoop(
  finding: Finding,
  upstream: Upstream,
  { taken }: Pick<CheckedListeners, "taken">,
): Promise<Checked> {
  const what = "loop";
  if (finding.kind === "loop") {
    const found = "yes: the upstream leads back to this exporter: name Ollama's own address";
    return { what, found, ok: false };
  }
  if (!(await isExporter(upstream))) return { what, found: "no", ok: true };
  // The question that would prove it gets to the exporter that runs, and not to us.
  return taken
    ? {
        what,
        found: "likely: the upstream is an ollama-exporter, too: name Ollama's own address",
        ok: false,
      }
    : { what, found: "no, but the upstream is an ollama-exporter, too", ok: true };
}

async function isExporter(upstream: Upstream): Promise<boolean> {
  try {
    const question = ownQuestion(upstream, AbortSignal.timeout(DEADLINE_MS));
    return await isHealthyAnswer(await upstream.send(HEALTHY_PATH, question));
  } catch {
    return false;
  }
}
