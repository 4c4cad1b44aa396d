import { lookup } from "node:dns/promises";
import { interfaceAddresses } from "../proxy/interface-addresses.ts";

/** The addresses of a name or address; none if it has none. */
export async function addressesOf(hostname: string): Promise<string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => plain(address));
  } catch {
    return [];
  }
}

/** The addresses of this machine. */
export function ownAddresses(): string[] {
  return interfaceAddresses().map(plain);
}

export function isLoopback(address: string): boolean {
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
