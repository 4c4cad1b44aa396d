import { ownQuestion } from "../proxy/own-question.ts";
import type { Upstream } from "../proxy/upstream.ts";

/** The content types of Prometheus' text format and of OpenMetrics, with a version or without. */
const EXPOSITION = /^(?:text\/plain; ?version=|application\/openmetrics-text\b)/i;

const DEADLINE_MS = 2000;

/**
 * Whether the upstream has metrics of its own. Asked without the number of the start-up probe: who
 * leads `/metrics` alone to us makes no loop.
 */
export async function servesMetrics(upstream: Upstream): Promise<boolean> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), DEADLINE_MS);
  try {
    const question = ownQuestion(upstream, giveUp.signal);
    const { status, headers } = await upstream.send("/metrics", question);
    return status === 200 && EXPOSITION.test(headers.get("content-type") ?? "");
  } catch {
    return false;
  } finally {
    // The page itself is nobody's business.
    giveUp.abort();
    clearTimeout(timer);
  }
}
