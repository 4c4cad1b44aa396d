import { BlockList, isIP } from "node:net";
import { hostname } from "node:os";
import { interfaceAddresses } from "./interface-addresses.ts";

/** Whether a request with this Host may come in; the field's value, empty where there is none. */
export type HostCheck = (host: string) => boolean;

/**
 * Ollama's own guard against DNS rebinding, by which a web page reaches a service on its visitor's
 * machine. It has to live here because the Host that Ollama gets to see is ours: allowed are local
 * addresses, `localhost`, this machine's name, what ends in `.localhost`, `.local` or `.internal`,
 * and what the user adds, `*.` for all names below one.
 */
export function createHostCheck(added: readonly string[]): HostCheck {
  const own = hostname().toLowerCase();
  return (field) => {
    const host = withoutPort(field).toLowerCase();
    if (isIP(host) !== 0) return isLocal(host) || added.includes(host);
    return (
      host === "" ||
      host === "localhost" ||
      host === own ||
      LOCAL_DOMAINS.some((domain) => host.endsWith(domain)) ||
      added.some((name) => (name.startsWith("*.") ? host.endsWith(name.slice(1)) : host === name))
    );
  };
}

/** What Go's server accepts as a Host; anything else could be taken for a part of a URL. */
export function isWellFormedHost(host: string): boolean {
  return /^[\w.~!$&'()*+,;=:%[\]-]*$/.test(host);
}

const LOCAL_DOMAINS = [".localhost", ".local", ".internal"] as const;

/** Loopback, unspecified and private addresses (RFC 1918, RFC 4193). */
const LOCAL_ADDRESSES = new BlockList();
for (const [network, prefix] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["0.0.0.0", 32],
] as const) {
  LOCAL_ADDRESSES.addSubnet(network, prefix, "ipv4");
}
LOCAL_ADDRESSES.addAddress("::1", "ipv6");
LOCAL_ADDRESSES.addAddress("::", "ipv6");
LOCAL_ADDRESSES.addSubnet("fc00::", 7, "ipv6");

/** Whether an address is loopback, private, or one of this machine. */
export function isLocal(address: string): boolean {
  if (LOCAL_ADDRESSES.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")) return true;
  return interfaceAddresses().includes(address);
}

/** As Go's net.SplitHostPort: `[::1]` without a port stays as it is, and so is no address. */
function withoutPort(field: string): string {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):[^:[\]]*$/.exec(field);
  return match?.[1] ?? match?.[2] ?? field;
}
