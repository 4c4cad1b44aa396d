import type { Deadline } from "./deadline.ts";
import type { ScriptedUpstream } from "./upstream.ts";

/** What a check of a running exporter needs. */
export interface Stage {
  /** Where the exporter listens. */
  readonly url: string;
  readonly upstream: ScriptedUpstream;
  readonly deadline: Deadline;
}
