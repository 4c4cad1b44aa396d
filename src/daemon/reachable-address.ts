import type { ListenAddress } from "../config.ts";

/** An address that works from this machine. */
export function reachable({ hostname }: Pick<ListenAddress, "hostname">, port: number): string {
  if (hostname === "" || hostname === "0.0.0.0") return withPort("127.0.0.1", port);
  return withPort(hostname === "::" ? "::1" : hostname, port);
}

export function withPort(hostname: string, port: number): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}
