import process from "node:process";
import { createApp } from "../app.ts";
import type { Config, WebConfigFile } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import { createMetrics } from "../metrics/metrics.ts";
import { createUpstream } from "../proxy/upstream.ts";
import { thisRuntime as runtime } from "../runtime/this-runtime.ts";
import { createTraffic } from "../routes/traffic.ts";
import { createStateReader } from "../state/state-reader.ts";
import { logExchange } from "./access-log.ts";
import { announce, announceUpstream } from "./announce.ts";
import { inContainer } from "./container.ts";
import { createDescriptorCheck } from "./descriptors.ts";
import { ownAddressError, refuseOwnAddress } from "./own-address.ts";
import { type Listeners, openListeners } from "./open-listeners.ts";
import { createOwnPaths } from "./own-paths.ts";
import { createReports } from "./reports.ts";
import type { WebAccess } from "./web-access.ts";
import { createUnmeasuredHint } from "./unmeasured-hint.ts";
import { untilShutdown } from "./shutdown.ts";
import { createStartupProbe } from "./startup-probe.ts";

/**
 * Runs the exporter until a signal ends it. Resolves with the exit code.
 *
 * @throws CommandError for an upstream that is ourselves and for an address that cannot be had
 */
export async function serve(config: Config, warnings: readonly string[]): Promise<number> {
  const { metricsListen, metricsPath } = config;
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

  const web = config.webConfigFile && (await openWeb(config.webConfigFile, log));
  const upstream = createUpstream(config.upstream, runtime.send);
  const metrics = createMetrics({ runtime: runtime.name, maxModels: config.maxModels });
  const state = createStateReader({ upstream });
  const probe = createStartupProbe({
    coversMetrics: metricsListen === undefined && metricsPath === "/metrics",
  });
  const traffic = createTraffic();
  let draining = false;
  const isDraining = (): boolean => draining;
  const own = { config, web, metrics, state, traffic, isDraining };
  const descriptorsAreLow = createDescriptorCheck();
  const app = createApp({
    upstream,
    metrics,
    ...(metricsListen === undefined && { findOwn: createOwnPaths(own) }),
    traffic,
    observe: config.observe,
    onUnmeasured: createUnmeasuredHint(log, config.observe),
    onInventoryChange: () => state.inventoryChanged(),
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

  const listeners: Listeners = {};
  // Before anything can be seen of us, since a signal may follow at once.
  const stopped = untilShutdown({
    log,
    listeners,
    drainDelay: config.drainDelay,
    gracePeriod: config.gracePeriod,
    running: traffic.running,
    onBegin() {
      draining = true;
      web?.stop();
    },
  });
  const ownListener = await openListeners(listeners, {
    config,
    probe,
    tls: web?.tls,
    app,
    isDraining,
    ownPaths: (clients) => createOwnPaths(own, clients),
  });
  web?.follow(ownListener);
  const ports = {
    proxy: (listeners.proxy ?? ownListener).port,
    own: ownListener.port,
    tls: web?.tls !== undefined,
  };
  announce(log, config, ports, runtime.name);
  const finding = await Promise.race([probe.ask(upstream), stopped]);
  if (finding?.kind === "loop") {
    await Promise.all([listeners.proxy?.cut(), listeners.own?.cut()]);
    throw ownAddressError(config.upstream);
  } else if (finding) {
    state.noted(finding.kind !== "silent");
    const unnamed = config.upstream.source === "default" && inContainer(runtime.exists);
    announceUpstream(log, finding, unnamed);
  }
  await stopped;
  return 0;
}

/** The reader of such files is loaded for who has one. */
async function openWeb(file: WebConfigFile, log: Log): Promise<WebAccess> {
  const { openWebAccess } = await import("./web-access.ts");
  return openWebAccess(file, runtime, log);
}
