import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { type ListenAddress, type UpstreamAddress } from "../config.ts";
import { usageError } from "../errors.ts";

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
    const own = listener.hostname === "" ? everyAddress() : await addressesOf(listener.hostname);
    const wildcard =
      listener.hostname === "" || own.some((address) => address === "0.0.0.0" || address === "::");
    const reached = new Set(wildcard ? [...own, ...everyAddress()] : own);
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

/** The addresses of a name; none if it has none. */
async function addressesOf(hostname: string): Promise<string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => plain(address));
  } catch {
    return [];
  }
}

function everyAddress(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => plain(address));
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Without a zone; an IPv4 address that is written as IPv6 (`::ffff:7f00:1`) in its own form. */
function plain(address: string): string {
  const bare = (address.split("%")[0] ?? "").toLowerCase();
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/.exec(bare);
  if (mapped === null) return bare;
  if (mapped[1] !== undefined) return mapped[1];
  const bits = Number.parseInt(mapped[2] ?? "", 16) * 65536 + Number.parseInt(mapped[3] ?? "", 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}
