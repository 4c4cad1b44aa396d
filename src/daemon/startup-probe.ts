import type { Handler } from "../handler.ts";
import { ownQuestion } from "../proxy/own-question.ts";
import type { Upstream } from "../proxy/upstream.ts";
import { servesMetrics } from "./serves-metrics.ts";

/** What the upstream said when we started. */
export type Finding =
  | {
      readonly kind: "ollama";
      readonly version: string;
      /** It has a `/metrics` that ours covers. */
      readonly metricsCovered?: boolean;
    }
  /** It answers HTTP, and not as Ollama does. */
  | { readonly kind: "other"; readonly status: number }
  | { readonly kind: "silent" }
  | Loop;

/** Our own question came back to us. */
export interface Loop {
  readonly kind: "loop";
}

export interface StartupProbeOptions {
  /** Whether our metrics are where the upstream's would be. */
  readonly coversMetrics: boolean;
}

export interface StartupProbe {
  /** Watches a listener for the question; costs nothing once the answer is known. */
  guard(handler: Handler): Handler;
  ask(upstream: Upstream): Promise<Finding>;
}

const HEADER = "ollama-exporter-probe";
const DEADLINE_MS = 2000;

/**
 * Asks the upstream for its version. The question carries a number that nobody else can know, so
 * that seeing it arrive proves a loop, through whatever name; client traffic never carries it.
 */
export function createStartupProbe({ coversMetrics }: StartupProbeOptions): StartupProbe {
  const nonce = crypto.randomUUID();
  const looped = Promise.withResolvers<Finding>();
  let asking = true;

  return {
    guard: (handler) => (request, connection) => {
      if (!asking || request.headers.get(HEADER) !== nonce) return handler(request, connection);
      looped.resolve({ kind: "loop" });
      return Promise.resolve(new Response(null, { status: 508 }));
    },
    async ask(upstream) {
      const finding = await Promise.race([looped.promise, readVersion(upstream, nonce)]);
      asking = false;
      if (finding.kind !== "ollama" || !coversMetrics) return finding;
      return { ...finding, metricsCovered: await servesMetrics(upstream) };
    },
  };
}

async function readVersion(upstream: Upstream, nonce: string): Promise<Finding> {
  const question = ownQuestion(upstream, AbortSignal.timeout(DEADLINE_MS));
  question.headers.set(HEADER, nonce);
  try {
    const answer = await upstream.send("/api/version", question);
    const version = versionIn(await answer.text());
    if (version === undefined) return { kind: "other", status: answer.status };
    return { kind: "ollama", version };
  } catch {
    return { kind: "silent" };
  }
}

function versionIn(text: string): string | undefined {
  try {
    const version: unknown = JSON.parse(text)?.version;
    return typeof version === "string" ? version.slice(0, 100) : undefined;
  } catch {
    return undefined;
  }
}
