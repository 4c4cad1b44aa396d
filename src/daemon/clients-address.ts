import type { ListenAddress } from "../config.ts";
import { isEveryInterface } from "../every-interface.ts";
import type { PageAbout } from "../page/live-page.ts";
import { withPort } from "./reachable-address.ts";

export type ClientsAddress = Pick<PageAbout, "clients" | "clientsPort">;

/** Where clients connect, for a page that is somewhere else: whoever reads it knows this machine's name. */
export function clientsAddress({ hostname }: ListenAddress, port: number): ClientsAddress {
  if (isEveryInterface(hostname)) return { clientsPort: port };
  return { clients: `http://${withPort(hostname, port)}` };
}
