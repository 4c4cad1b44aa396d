import type { Api } from "../apis.ts";
import type { Log } from "../log.ts";

/** Says once for each API that its requests are not measured, and how they would be. */
export function createUnmeasuredHint(log: Log, observe: readonly Api[]): (api: Api) => void {
  const told = new Set<Api>();
  return (api) => {
    if (told.has(api)) return;
    told.add(api);
    log.info(
      `a client uses the ${api} API, which is not measured: --observe ${[...observe, api].join(",")}`,
    );
  };
}
