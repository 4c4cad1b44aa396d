import type { ListenAddress, UpstreamAddress } from "../config.ts";
import { usageError } from "../errors.ts";
import { addressesOf, isLoopback, ownAddresses } from "./addresses.ts";

/**
 * Refuses an upstream that is one of our own listeners, in whatever spelling. People set OLLAMA_HOST
 * to the exporter so that the `ollama` command is measured, and start the exporter from that shell.
 *
 * @throws a usage error that names where the upstream came from
 */
export async function refuseOwnAddress(
  upstream: UpstreamAddress,
  listeners: readonly ListenAddress[],
): Promise<void> {
  const near = listeners.filter(({ port }) => port === upstream.port);
  if (near.length === 0) return;
  const targets = await addressesOf(upstream.hostname);
  for (const listener of near) {
    const own = listener.hostname === "" ? ownAddresses() : await addressesOf(listener.hostname);
    const wildcard =
      listener.hostname === "" || own.some((address) => address === "0.0.0.0" || address === "::");
    const reached = new Set(wildcard ? [...own, ...ownAddresses()] : own);
    if (targets.some((address) => reached.has(address) || (wildcard && isLoopback(address)))) {
      throw ownAddressError(upstream);
    }
  }
}

export function ownAddressError({ source, value }: UpstreamAddress): Error {
  return usageError(
    `${source} ${JSON.stringify(value)} leads back to this exporter itself: ` +
      `name Ollama's own address, as in --upstream http://127.0.0.1:11434`,
  );
}
