import { type Config, LOG_FORMATS, LOG_LEVELS, type Source } from "../config.ts";
import { parseApis } from "./apis.ts";
import { choice } from "./choice.ts";
import { parseCount } from "./count.ts";
import { parseDuration } from "./duration.ts";
import { parseHostList } from "./host-list.ts";
import { parseListen } from "./listen-address.ts";
import { parseMetricsPath } from "./metrics-path.ts";
import { parseUpstream } from "./upstream-address.ts";

export interface Flag<Value = unknown> {
  /** Without the dashes. */
  readonly name: string;
  readonly type: "string" | "boolean";
  /** As the exporters of others spell it. */
  readonly otherName?: string;
  /** What a value stands for, in the help. */
  readonly hint?: string;
  /** One sentence. */
  readonly description: string;
  /** As the user would write it; without one the field may stay absent. */
  readonly default?: string;
  /** Read when neither the flag nor its own variable is given. */
  readonly otherVariable?: string;
  /** Throws a usage error that names the source. */
  readonly parse: (text: string, source: Source) => Value;
}

type Flags = { readonly [Field in keyof Config]-?: Flag<Required<Config>[Field]> };

const parseBoolean = choice("boolean", ["true", "false"]);

/**
 * All that the user decides, by its field in Config. The command line, the variables
 * `OLLAMA_EXPORTER_<FLAG>`, the help and Config are made from this.
 */
export const FLAGS: Flags = {
  upstream: {
    name: "upstream",
    type: "string",
    hint: "url",
    description: "The Ollama to forward to.",
    default: "http://127.0.0.1:11434",
    otherVariable: "OLLAMA_HOST",
    parse: parseUpstream,
  },
  listen: {
    name: "listen",
    type: "string",
    hint: "address",
    description: "Where clients connect: PORT, :PORT (every interface) or HOST:PORT.",
    default: "127.0.0.1:8000",
    parse: parseListen,
  },
  metricsListen: {
    name: "metrics-listen",
    type: "string",
    hint: "address",
    description: "Where Prometheus connects, if not to --listen.",
    parse: parseListen,
  },
  metricsPath: {
    name: "metrics-path",
    type: "string",
    hint: "path",
    description: "Where the metrics are; then /metrics is forwarded.",
    default: "/metrics",
    parse: parseMetricsPath,
  },
  webConfigFile: {
    name: "web-config-file",
    otherName: "web.config.file",
    type: "string",
    hint: "file",
    description: "TLS and users for our own paths; also as --web.config.file.",
    parse: (path, source) => ({ path, source }),
  },
  allowedHosts: {
    name: "allowed-hosts",
    type: "string",
    hint: "hosts",
    description: "Further hosts to answer to, as in ollama.lan,*.example.org.",
    parse: parseHostList,
  },
  observe: {
    name: "observe",
    type: "string",
    hint: "apis",
    description: "Measure these APIs: chat, generate, embed, openai, anthropic, or all.",
    default: "chat",
    parse: parseApis,
  },
  maxModels: {
    name: "max-models",
    type: "string",
    hint: "number",
    description: "Models that have series of their own for good; the rest share `other`.",
    default: "100",
    parse: parseCount,
  },
  logLevel: {
    name: "log-level",
    type: "string",
    hint: "level",
    description: "Log this level and the graver ones: error, warn, info or debug.",
    default: "info",
    parse: choice("level", LOG_LEVELS),
  },
  logFormat: {
    name: "log-format",
    type: "string",
    hint: "format",
    description: "How a line of the log looks: text or json.",
    default: "text",
    parse: choice("format", LOG_FORMATS),
  },
  logRequests: {
    name: "log-requests",
    type: "boolean",
    description: "Log each finished request; --no-log-requests does not.",
    default: "false",
    parse: (text, source) => parseBoolean(text, source) === "true",
  },
  drainDelay: {
    name: "drain-delay",
    type: "string",
    hint: "duration",
    description: "Go on taking requests after SIGTERM, not ready any more.",
    default: "0s",
    parse: parseDuration,
  },
  gracePeriod: {
    name: "grace-period",
    type: "string",
    hint: "duration",
    description: "How long running answers may take after that.",
    default: "25s",
    parse: parseDuration,
  },
};
