import type { Config } from "../config.ts";
import { createLivePage } from "../page/live-page.ts";
import { type FindOwn, type OwnOptions, ownRoutes } from "../routes/own.ts";
import type { ClientsAddress } from "./clients-address.ts";
import type { WebAccess } from "./web-access.ts";

export interface OwnPathsOptions extends Pick<
  OwnOptions,
  "metrics" | "state" | "traffic" | "isDraining"
> {
  readonly config: Pick<Config, "metricsPath" | "observe" | "drainDelay">;
  /** Who may come, if the user has said so. */
  readonly web: WebAccess | undefined;
}

/**
 * Our own paths, as they are served.
 *
 * @param clients where clients connect, for a listener of our own that they do not come to
 */
export function createOwnPaths(
  { config, web, ...parts }: OwnPathsOptions,
  clients?: ClientsAddress,
): FindOwn {
  const { metricsPath, observe, drainDelay } = config;
  const page = createLivePage({ metricsPath, observe, ...clients });
  const alone = clients !== undefined;
  const routes = ownRoutes({ ...parts, metricsPath, page, alone, drainDelay });
  return web ? web.protect(routes) : routes;
}
