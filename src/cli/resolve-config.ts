import type { Config } from "../config.ts";
import { isEveryInterface } from "../every-interface.ts";
import { type Environment, unknownVariables } from "./environment.ts";
import { FLAGS } from "./flags.ts";
import { resolveFlag } from "./resolve-flag.ts";
import { wrongValue } from "./wrong-value.ts";

export interface Resolved {
  readonly config: Config;
  /** One line each, for the log. */
  readonly warnings: readonly string[];
}

/**
 * Everything the user decides. Throws a usage error.
 * @param flags by name, as parsed; what is not in the table of flags is left to others
 */
export function resolveConfig(
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): Resolved {
  const fields = Object.entries(FLAGS).flatMap(([field, flag]) => {
    const value = resolveFlag<unknown>(flag, flags, env);
    return value === undefined ? [] : [[field, value]];
  });
  // The type of FLAGS binds each field to the type that its row parses.
  const config: Config = Object.fromEntries(fields);
  refuseSharedAddress(config);
  return { config, warnings: unknownVariables(env, Object.values(FLAGS)) };
}

function refuseSharedAddress({ listen, metricsListen }: Config): void {
  if (metricsListen === undefined || metricsListen.port === 0) return;
  if (metricsListen.port !== listen.port || !overlap(metricsListen.hostname, listen.hostname))
    return;
  const { source, value } = metricsListen;
  const problem = "is the address of --listen";
  throw wrongValue(source, value, problem, "another port, or leave it out to have /metrics there");
}

const LOCALHOST = new Set(["localhost", "127.0.0.1", "::1"]);

/** Whether two listeners would meet on one port. */
function overlap(one: string, other: string): boolean {
  if (one === other || isEveryInterface(one) || isEveryInterface(other)) return true;
  return (
    (one === "localhost" || other === "localhost") && LOCALHOST.has(one) && LOCALHOST.has(other)
  );
}
