import type { Api } from "./apis.ts";

/** Where a setting's value came from, as the user spells it: `--listen`, `OLLAMA_HOST`, `default`. */
export type Source = string;

/** An Ollama to forward to, as `--upstream` or OLLAMA_HOST names it. */
export interface UpstreamAddress {
  readonly protocol: "http:" | "https:";
  /** Without brackets; lower case; IPv4 in dotted form. */
  readonly hostname: string;
  readonly port: number;
  /** Put before every request target: empty, or `/…` without a final slash. */
  readonly basePath: string;
  readonly source: Source;
  /** As the user wrote it. */
  readonly value: string;
}

/** An address to listen on. */
export interface ListenAddress {
  /** A name or address without brackets; empty for every interface, IPv4 and IPv6. */
  readonly hostname: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly source: Source;
  /** As the user wrote it. */
  readonly value: string;
}

/** A file that says who may come to our own paths, and how. */
export interface WebConfigFile {
  readonly path: string;
  readonly source: Source;
}

export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Everything the user decides, checked and with the defaults filled in. */
export interface Config {
  readonly upstream: UpstreamAddress;
  /** Clients come here. */
  readonly listen: ListenAddress;
  /** Prometheus comes here; absent: our own paths are on `listen`. */
  readonly metricsListen?: ListenAddress;
  /** Where the exposition is: a path that starts with `/`, as requests have it. */
  readonly metricsPath: string;
  /** TLS for the listener of our own paths, and users for those paths. */
  readonly webConfigFile?: WebConfigFile;
  /**
   * Hosts that requests may name besides local ones, in lower case, `*.` for all names below one.
   * Absent: only local ones on a loopback listener, any on another.
   */
  readonly allowedHosts?: readonly string[];
  /** What is measured; all else passes untouched. */
  readonly observe: readonly Api[];
  /** Models that have series of their own for good. */
  readonly maxModels: number;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** One line per finished request. */
  readonly logRequests: boolean;
  /** Milliseconds for which requests are taken after SIGINT or SIGTERM, while we say not ready. */
  readonly drainDelay: number;
  /** Milliseconds that running answers may still take after that. */
  readonly gracePeriod: number;
}
