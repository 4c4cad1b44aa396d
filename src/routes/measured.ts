import type { Dialect } from "../dialects/dialect.ts";
import { createModelFinder } from "../dialects/model-finder.ts";
import { createTextSink, type TextSink } from "../dialects/text-sink.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { forward, type Watcher } from "../proxy/forward.ts";
import { type Budget, hold } from "../proxy/hold.ts";
import type { Passing } from "./passthrough.ts";
import { requestedModel } from "./requested-model.ts";

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
  const model = metrics.labels.of(requestedModel(held, finder));
  exchange.model = model;
  metrics.arrived(model);

  let sink: TextSink | undefined;
  const scan = (headers: Headers): TextSink | undefined => {
    const scanner = dialect.read(
      { contentType: headers.get("content-type") ?? "" },
      {
        firstToken: () => void (exchange.firstTokenAt = performance.now()),
        answer(answer) {
          exchange.answer = answer;
          metrics.answered(model, answer);
        },
        skipped: metrics.skipped,
      },
    );
    sink = createTextSink(headers.get("content-encoding") ?? "", scanner);
    if (sink === undefined) metrics.skipped("scan_failed");
    return sink;
  };

  const watcher: Watcher = {
    head: (status, headers) => (status === 200 ? scan(headers) : undefined),
    async end(ending) {
      held.release();
      if (sink && !(await sink.scanned)) metrics.skipped("scan_failed");
      // A client that closes right after the final object has had all it came for.
      onEnd(exchange.answer ? "complete" : ending);
    },
  };
  return forward(request, { ...measuring, body: held.body, watcher });
}
