import process from "node:process";
import { createApp, createMetricsApp } from "../app.ts";
import type { Config, ListenAddress } from "../config.ts";
import type { Handler } from "../handler.ts";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics/metrics.ts";
import { createUpstream } from "../proxy/upstream.ts";
import type { Listener } from "../runtime/runtime.ts";
import { thisRuntime as runtime } from "../runtime/this-runtime.ts";
import { guarded } from "../routes/guarded.ts";
import { createStateReader } from "../state/state-reader.ts";
import { logExchange } from "./access-log.ts";
import { announce, announceUpstream } from "./announce.ts";
import { inContainer } from "./container.ts";
import { createDescriptorCheck } from "./descriptors.ts";
import { hostCheckFor } from "./host-check-for.ts";
import { listen } from "./listen.ts";
import { ownAddressError, refuseOwnAddress } from "./own-address.ts";
import { createReports } from "./reports.ts";
import { createUnmeasuredHint } from "./unmeasured-hint.ts";
import { untilShutdown } from "./shutdown.ts";
import { createStartupProbe } from "./startup-probe.ts";

/**
 * Runs the exporter until a signal ends it. Resolves with the exit code.
 *
 * @throws CommandError for an upstream that is ourselves and for an address that cannot be had
 */
export async function serve(config: Config, warnings: readonly string[]): Promise<number> {
  const { metricsListen } = config;
  const log = createLog({
    level: config.logLevel,
    format: config.logFormat,
    write: (line) => void process.stderr.write(line),
  });
  for (const warning of warnings) log.warn(warning);
  await refuseOwnAddress(
    config.upstream,
    metricsListen ? [config.listen, metricsListen] : [config.listen],
  );
  const reports = createReports(log);
  runtime.onStrayError(reports.strayError);

  const upstream = createUpstream(config.upstream, runtime.send);
  const metrics = createMetrics({ runtime: runtime.name, maxModels: config.maxModels });
  const state = createStateReader({ upstream });
  const probe = createStartupProbe({ ownsMetrics: metricsListen === undefined });
  const descriptorsAreLow = createDescriptorCheck();
  const app = createApp({
    upstream,
    metrics,
    state,
    ownsMetrics: metricsListen === undefined,
    observe: config.observe,
    onUnmeasured: createUnmeasuredHint(log, config.observe),
    overloaded() {
      const low = descriptorsAreLow();
      if (low) reports.noDescriptors();
      return low;
    },
    onEnd(exchange, ending) {
      if (ending === "upstream_unreachable") reports.unreachable();
      logExchange(config.logRequests ? log.info : log.debug, exchange, ending);
    },
  });

  const listeners: Listener[] = [];
  // Before anything can be seen of us, since a signal may follow at once.
  const stopped = untilShutdown({
    log,
    listeners,
    gracePeriod: config.gracePeriod,
    running: app.running,
  });
  const open = async (address: ListenAddress, handler: Handler): Promise<Listener> => {
    const check = await hostCheckFor(address, config.allowedHosts);
    return listen(runtime, address, probe.guard(guarded(handler, check)));
  };
  const proxy = await open(config.listen, app.handle);
  listeners.push(proxy);
  if (metricsListen) {
    listeners.push(await open(metricsListen, createMetricsApp(metrics, state)));
  }
  announce(log, config, { proxy: proxy.port, metrics: (listeners[1] ?? proxy).port }, runtime.name);
  const finding = await Promise.race([probe.ask(upstream), stopped]);
  if (finding?.kind === "loop") {
    await Promise.all(listeners.map((listener) => listener.cut()));
    throw ownAddressError(config.upstream);
  } else if (finding) {
    const unnamed = config.upstream.source === "default" && inContainer(runtime.exists);
    announceUpstream(log, finding, unnamed);
  }
  await stopped;
  return 0;
}
