import type { Config, ListenAddress } from "../config.ts";
import type { Log } from "../log.ts";
import { REVISION, VERSION } from "../version.ts";
import { PAGE_PATH } from "../routes/own.ts";
import { isLoopback } from "./addresses.ts";
import { reachable, withPort } from "./reachable-address.ts";
import type { Finding, Loop } from "./startup-probe.ts";

/** The ports that were really taken; they differ from the configured ones where those are 0. */
export interface Ports {
  readonly proxy: number;
  /** Of our own paths; the same if they have no listener of their own. */
  readonly own: number;
  /** Whether the listener of our own paths speaks TLS. */
  readonly tls?: boolean;
}

/** Says where we are and who should point where. */
export function announce(log: Log, config: Config, ports: Ports, runtime: string): void {
  const { listen, upstream } = config;
  const apart = config.metricsListen !== undefined;
  const own = schemeOf(ports.tls) + reachable(config.metricsListen ?? listen, ports.own);
  log.info(`ollama-exporter ${VERSION} listens on ${addressOf(listen, ports.proxy)}`, {
    revision: REVISION,
    runtime,
    upstream: `${upstream.protocol}//${withPort(upstream.hostname, upstream.port)}${upstream.basePath}`,
  });
  log.info(`point clients at ${schemeOf(ports.tls && !apart)}${reachable(listen, ports.proxy)}`);
  log.info(`point Prometheus at ${own}${config.metricsPath}`);
  log.info(`the live page is at ${own}${apart ? "/" : PAGE_PATH}`);
  if (listen.hostname === "localhost" || isLoopback(listen.hostname)) {
    log.info("containers and other machines cannot reach this address: they need --listen :8000");
  } else {
    log.warn(
      `whoever reaches ${addressOf(listen, ports.proxy)} can use, pull and delete models: ` +
        "Ollama has no authentication",
    );
  }
}

/**
 * Says whether Ollama is there; we run on if it is not.
 *
 * @param unnamed whether nobody named an upstream in a container, where the default leads nowhere
 */
export function announceUpstream(
  log: Log,
  finding: Exclude<Finding, Loop>,
  unnamed: boolean,
): void {
  if (finding.kind === "ollama") {
    log.info(`Ollama ${finding.version} answers`);
    if (finding.metricsCovered) log.info(METRICS_COVERED);
  } else if (finding.kind === "other") {
    log.warn("the upstream answers, but not as Ollama does: check --upstream", {
      status: finding.status,
    });
  } else {
    const remedy = unnamed ? IN_CONTAINER : "check --upstream, and ollama-exporter check says why";
    log.warn(`the upstream does not answer: requests get 502 until it does; ${remedy}`);
  }
}

const METRICS_COVERED =
  "the upstream has a /metrics of its own, which ours covers: with --metrics-listen :9877 ours is " +
  "there, or with --metrics-path elsewhere, and its own is here; scrape them as two jobs";

const IN_CONTAINER =
  "in a container it needs --upstream http://ollama:11434 for a container called ollama on the " +
  "same network, or --upstream http://host.docker.internal:11434 for Ollama on the host";

function addressOf({ hostname }: ListenAddress, port: number): string {
  return hostname === "" ? `:${port}` : withPort(hostname, port);
}

function schemeOf(tls: boolean | undefined): string {
  return tls ? "https://" : "http://";
}
