import type { Api } from "../../src/apis.ts";
import { createApp } from "../../src/app.ts";
import type { Ending, Exchange } from "../../src/exchange.ts";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { createUpstream } from "../../src/proxy/upstream.ts";
import { ownRoutes } from "../../src/routes/own.ts";
import { createTraffic } from "../../src/routes/traffic.ts";
import { bun } from "../../src/runtime/bun.ts";
import { parseUpstream } from "../../src/cli/upstream-address.ts";

export interface Proxy extends AsyncDisposable {
  readonly url: string;
  readonly metrics: Metrics;
  /** The APIs of the requests that asked for an answer and were not measured. */
  readonly unmeasured: readonly Api[];
  /** The exchanges that have ended, in that order. */
  readonly ended: readonly { readonly exchange: Exchange; readonly ending: Ending }[];
  /** Resolves when that many exchanges have ended. */
  endings(count: number): Promise<void>;
  running(): number;
  stop(): Promise<void>;
}

export interface ProxyOptions {
  /** What is measured; chat alone if it is not said. */
  readonly observe?: readonly Api[];
  readonly maxModels?: number;
}

/** The exporter's proxy on a free port of this process, without command line and signals. */
export async function startProxy(
  upstreamUrl: string,
  { observe = ["chat"], maxModels = 100 }: ProxyOptions = {},
): Promise<Proxy> {
  const metrics = createMetrics({ runtime: bun.name, maxModels });
  const unmeasured: Api[] = [];
  const ended: { exchange: Exchange; ending: Ending }[] = [];
  let wake = Promise.withResolvers<void>();
  const traffic = createTraffic();
  const app = createApp({
    upstream: createUpstream(parseUpstream(upstreamUrl, "test"), bun.send),
    metrics,
    findOwn: ownRoutes({ metrics, traffic, metricsPath: "/metrics" }),
    traffic,
    observe,
    onUnmeasured: (api) => void unmeasured.push(api),
    onEnd(exchange, ending) {
      ended.push({ exchange, ending });
      wake.resolve();
      wake = Promise.withResolvers();
    },
  });
  const listener = await bun.listen("127.0.0.1", 0, app);
  const stop = (): Promise<void> => listener.cut();
  return {
    url: `http://127.0.0.1:${listener.port}`,
    metrics,
    unmeasured,
    ended,
    async endings(count) {
      while (ended.length < count) await wake.promise;
    },
    running: traffic.running,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
