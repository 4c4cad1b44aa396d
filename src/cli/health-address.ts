import type { ListenAddress } from "../config.ts";
import type { Environment } from "./environment.ts";
import { FLAGS } from "./flags.ts";
import { resolveFlag } from "./resolve-flag.ts";
import { wrongValue } from "./wrong-value.ts";

/**
 * Where an exporter with these flags says that it is healthy. Throws a usage error, also for a port
 * that the system chose.
 * @param flags by name, as parsed
 */
export function healthAddress(
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): ListenAddress {
  // Both are read, so that a wrong value is never ignored; this one has a default.
  const listen = resolveFlag(FLAGS.listen, flags, env) as ListenAddress;
  const address = resolveFlag(FLAGS.metricsListen, flags, env) ?? listen;
  if (address.port !== 0) return address;
  throw wrongValue(
    address.source,
    address.value,
    "has port 0, which cannot be connected to",
    "the port that the exporter listens on",
    "127.0.0.1:8000",
  );
}
