import type { Log } from "../log.ts";
import { seldom } from "./seldom.ts";

/** What goes wrong request by request, and is said once a minute at most. */
export interface Reports {
  strayError(): void;
  unreachable(): void;
  noDescriptors(): void;
}

export function createReports(log: Log): Reports {
  return {
    strayError: seldom((times) => log.error("an error went astray; running on", { times })),
    unreachable: seldom((requests) =>
      log.warn("the upstream cannot be reached: requests get 502", { requests }),
    ),
    noDescriptors: seldom((requests) =>
      log.error("file descriptors run low: requests get 503; raise the limit (ulimit -n)", {
        requests,
      }),
    ),
  };
}
