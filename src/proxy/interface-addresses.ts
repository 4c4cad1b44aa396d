import { networkInterfaces } from "node:os";

/**
 * The addresses of this machine's interfaces; none where a sandbox forbids to ask for them (systemd's
 * without AF_NETLINK, Deno's without `networkInterfaces`).
 */
export function interfaceAddresses(ask = networkInterfaces): string[] {
  try {
    return Object.values(ask()).flatMap((all) => (all ?? []).map(({ address }) => address));
  } catch {
    return [];
  }
}
