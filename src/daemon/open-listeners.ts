import { createOwnApp } from "../app.ts";
import type { Config, ListenAddress } from "../config.ts";
import type { Handler } from "../handler.ts";
import { guarded } from "../routes/guarded.ts";
import type { FindOwn } from "../routes/own.ts";
import type { Listener } from "../runtime/runtime.ts";
import { thisRuntime as runtime } from "../runtime/this-runtime.ts";
import type { Tls } from "../tls.ts";
import { type ClientsAddress, clientsAddress } from "./clients-address.ts";
import { closing } from "./closing.ts";
import { hostCheckFor } from "./host-check-for.ts";
import { listen } from "./listen.ts";
import type { StartupProbe } from "./startup-probe.ts";

/** What listens, each filled in as it opens. */
export interface Listeners {
  proxy?: Listener;
  /** Our own paths, if they have a listener of their own: open until all else is over. */
  own?: Listener;
}

export interface ListenersOptions {
  readonly config: Config;
  readonly probe: StartupProbe;
  /** For the listener of our own paths. */
  readonly tls: Tls | undefined;
  readonly app: Handler;
  isDraining(): boolean;
  /** Our own paths for a listener that clients do not come to. */
  ownPaths(clients: ClientsAddress): FindOwn;
}

/**
 * Opens the listener for clients, and the one of our own paths if it is another. Gives the latter.
 *
 * @throws CommandError for an address that cannot be had
 */
export async function openListeners(
  listeners: Listeners,
  { config, probe, tls, app, isDraining, ownPaths }: ListenersOptions,
): Promise<Listener> {
  const { listen: clients, metricsListen, metricsPath, allowedHosts } = config;
  const open = async (address: ListenAddress, handler: Handler, by?: Tls): Promise<Listener> => {
    const check = await hostCheckFor(address, allowedHosts);
    const served = closing(guarded(handler, check), isDraining);
    return listen(runtime, address, probe.guard(served), by);
  };
  const proxy = await open(clients, app, metricsListen ? undefined : tls);
  listeners.proxy = proxy;
  if (metricsListen === undefined) return proxy;
  const findOwn = ownPaths(clientsAddress(clients, proxy.port));
  listeners.own = await open(metricsListen, createOwnApp(findOwn, metricsPath), tls);
  return listeners.own;
}
