import type { Config, ListenAddress } from "../../config.ts";
import type { Handler } from "../../handler.ts";
import { thisRuntime as runtime } from "../../runtime/this-runtime.ts";
import type { Tls } from "../../tls.ts";
import { healthcheck } from "../healthcheck.ts";
import { AddressInUse, listen } from "../listen.ts";
import type { StartupProbe } from "../startup-probe.ts";
import type { Checked } from "./report.ts";

/** The listeners, open while the upstream is asked, so that a loop can be seen. */
export interface CheckedListeners extends AsyncDisposable {
  readonly checked: readonly Checked[];
  /** Whether an exporter has one of the addresses: a loop would lead to that one. */
  readonly taken: boolean;
}

const nothing: Handler = () => Promise.resolve(new Response(null, { status: 404 }));

/**
 * Whether the addresses can be listened on.
 *
 * @param tls for the listener of our own paths
 */
export async function checkListeners(
  { listen: clients, metricsListen }: Config,
  probe: StartupProbe,
  tls: Tls | undefined,
): Promise<CheckedListeners> {
  await using opened = new AsyncDisposableStack();
  const own = {
    what: metricsListen ? "metrics" : "clients",
    address: metricsListen ?? clients,
    tls,
  };
  const others = metricsListen ? [{ what: "clients", address: clients, tls: undefined }] : [];
  const checked: Checked[] = [];
  let taken = false;
  for (const one of [own, ...others]) {
    const { what, address } = one;
    const { value } = address;
    try {
      const listener = await listen(runtime, address, probe.guard(nothing), one.tls);
      opened.defer(() => listener.cut());
      checked.push({ what, found: `${value} is free`, ok: true });
    } catch (error) {
      const inUse = error instanceof AddressInUse;
      if (one === own) taken = inUse && (await isExporter(address));
      // Only the listener of our own paths says whose it is.
      const by = one === own ? "by" : "perhaps by";
      checked.push(
        taken && inUse
          ? { what, found: `${value} is in use, ${by} the ollama-exporter that runs`, ok: true }
          : { what, found: error instanceof Error ? error.message : String(error), ok: false },
      );
    }
  }
  const open = opened.move();
  return { checked, taken, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

function isExporter(address: ListenAddress): Promise<boolean> {
  return healthcheck(address).then(
    () => true,
    () => false,
  );
}
