import type { Dialect } from "../dialects/dialect.ts";
import { createModelFinder } from "../dialects/model-finder.ts";
import { createTextSink, type TextSink } from "../dialects/text-sink.ts";
import type { SkipReason } from "../exchange.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { forward, type Watcher } from "../proxy/forward.ts";
import { type Budget, hold } from "../proxy/hold.ts";
import { outcomeOf } from "./outcome.ts";
import type { Passing } from "./passthrough.ts";
import { requestedModel } from "./requested-model.ts";
import { sampledTrace } from "./sampled-trace.ts";

export interface Measuring extends Passing {
  readonly dialect: Dialect;
  readonly metrics: Metrics;
  readonly budget: Budget;
}

/** A request in a dialect: model, count, forward, scan, record. */
export async function measured(request: Request, measuring: Measuring): Promise<Response> {
  const { dialect, exchange, metrics, budget, onEnd } = measuring;
  const finder = createModelFinder();
  const held = await hold(request, budget, (chunk) => finder.push(chunk));
  const name = requestedModel(held, finder);
  const model = metrics.arrived(name);
  const traceId = sampledTrace(request.headers.get("traceparent"));
  exchange.model = model;

  let status: number | undefined;
  let sink: TextSink | undefined;
  let failed = false;
  let unread = false;
  const elapsed = (): number => (performance.now() - exchange.arrivedAt) / 1000;
  const skipped = (reason: SkipReason): void => {
    // What is no JSON was read, and is no final object.
    unread ||= reason !== "invalid_json";
    metrics.skipped(reason);
  };
  const scan = (headers: Headers): TextSink | undefined => {
    const scanner = dialect.read(
      { contentType: headers.get("content-type") ?? "" },
      {
        firstToken() {
          exchange.firstTokenAt = performance.now();
          metrics.firstToken(model, elapsed(), traceId);
        },
        answer(answer) {
          exchange.answer = dialect.clock === "ours" ? { ...answer, total: elapsed() } : answer;
          metrics.answered(model, exchange.answer, traceId);
        },
        failed: () => void (failed = true),
        skipped,
      },
    );
    sink = createTextSink(headers.get("content-encoding") ?? "", scanner);
    if (sink === undefined) skipped("scan_failed");
    return sink;
  };

  const watcher: Watcher = {
    head(answered, headers) {
      status = answered;
      if (status !== 200) return undefined;
      metrics.served(name);
      return scan(headers);
    },
    async end(ending) {
      held.release();
      if (sink && !(await sink.scanned)) skipped("scan_failed");
      const { answer } = exchange;
      metrics.ended(model, outcomeOf({ ending, status, answer, failed, unread }));
      // A client that closes right after the final object has had all it came for.
      onEnd(answer ? "complete" : ending);
    },
  };
  return forward(request, { ...measuring, body: held.body, watcher });
}
