import type { Config, ListenAddress } from "../../config.ts";
import type { Handler } from "../../handler.ts";
import { thisRuntime as runtime } from "../../runtime/this-runtime.ts";
import { healthcheck } from "../healthcheck.ts";
import { listen } from "../listen.ts";
import type { StartupProbe } from "../startup-probe.ts";
import type { Checked } from "./report.ts";

/** The listeners, open while the upstream is asked, so that a loop can be seen. */
export interface CheckedListeners extends AsyncDisposable {
  readonly checked: readonly Checked[];
  /** Whether an exporter has one of the addresses: a loop would lead to that one. */
  readonly taken: boolean;
}

const nothing: Handler = () => Promise.resolve(new Response(null, { status: 404 }));

/** Whether the addresses can be listened on. */
export async function checkListeners(
  { listen: clients, metricsListen, webConfigFile }: Config,
  probe: StartupProbe,
): Promise<CheckedListeners> {
  await using opened = new AsyncDisposableStack();
  const checked: Checked[] = [];
  let taken = false;
  const look = async (what: string, address: ListenAddress, own: boolean): Promise<void> => {
    const { value } = address;
    try {
      const listener = await listen(runtime, address, probe.guard(nothing));
      opened.defer(() => listener.cut());
      checked.push({ what, found: `${value} is free`, ok: true });
    } catch (error) {
      // Only the listener of our own paths says whose it is.
      if (taken || (own && (await isExporter(address)))) {
        taken = true;
        checked.push({
          what,
          found: `${value} is taken by an ollama-exporter that runs`,
          ok: true,
        });
      } else {
        const found = error instanceof Error ? error.message : String(error);
        checked.push({ what, found, ok: false });
      }
    }
  };
  const isExporter = (address: ListenAddress): Promise<boolean> =>
    healthcheck({ listen: address, ...(webConfigFile && { webConfigFile }) }).then(
      () => true,
      () => false,
    );
  if (metricsListen) await look("metrics", metricsListen, true);
  await look("clients", clients, metricsListen === undefined);
  const open = opened.move();
  return { checked, taken, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
