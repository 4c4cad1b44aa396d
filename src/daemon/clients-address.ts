import type { ListenAddress } from "../config.ts";
import type { PageAbout } from "../page/live-page.ts";
import { withPort } from "./reachable.ts";

export type ClientsAddress = Pick<PageAbout, "clients" | "clientsPort">;

const EVERY_INTERFACE: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

/** Where clients connect, for a page that is somewhere else: whoever reads it knows this machine's name. */
export function clientsAddress({ hostname }: ListenAddress, port: number): ClientsAddress {
  if (EVERY_INTERFACE.has(hostname)) return { clientsPort: port };
  return { clients: `http://${withPort(hostname, port)}` };
}
