import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { ListenAddress } from "../config.ts";
import { CommandError, failure, usageError } from "../errors.ts";
import type { Handler } from "../handler.ts";
import type { Tls } from "../tls.ts";
import type { Listener, Runtime } from "../runtime/runtime.ts";

/** Somebody else listens there. */
export class AddressInUse extends CommandError {}

/**
 * Opens a listener.
 *
 * @throws a failure that names the flag or variable, the value and the remedy
 */
export async function listen(
  runtime: Runtime,
  { hostname, port, source, value }: ListenAddress,
  handler: Handler,
  tls?: Tls,
): Promise<Listener> {
  const named = `${source === "default" ? "--listen" : source} ${JSON.stringify(value)}`;
  // Bun reports a name that does not resolve as an address in use.
  if (hostname !== "" && isIP(hostname) === 0 && !(await resolves(hostname))) {
    throw usageError(`${named} names a host that does not resolve: use an address`);
  }
  try {
    return await runtime.listen(hostname, port, handler, tls);
  } catch (error) {
    switch (codeOf(error)) {
      case "EADDRINUSE":
        throw new AddressInUse(
          `${named} is in use by another program: stop it or choose another port`,
          1,
        );
      case "EACCES":
        throw failure(`${named} is not permitted: choose a port from 1024 on`);
      case "EADDRNOTAVAIL":
        throw failure(`${named} is no address of this machine: choose one that is, or :${port}`);
      case "EAFNOSUPPORT":
        if (hostname === "") {
          return listen(runtime, { hostname: "0.0.0.0", port, source, value }, handler, tls);
        }
        throw failure(`${named} needs IPv6, which this machine does not have`);
      default:
        throw failure(`${named} cannot be listened on: ${messageOf(error)}`);
    }
  }
}

async function resolves(hostname: string): Promise<boolean> {
  try {
    await lookup(hostname);
    return true;
  } catch {
    return false;
  }
}

/** Deno gives its errors a class instead of a code. */
const DENO_CODES: Readonly<Record<string, string>> = {
  AddrInUse: "EADDRINUSE",
  AddrNotAvailable: "EADDRNOTAVAIL",
  PermissionDenied: "EACCES",
};

function codeOf(error: unknown): string | undefined {
  const { code, name } = error as { code?: string; name?: string };
  return DENO_CODES[name ?? ""] ?? code;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
