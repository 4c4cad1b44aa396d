import {
  type Answer,
  DONE_REASONS,
  type DoneReason,
  type Ending,
  type FailureReason,
  type Outcome,
} from "../exchange.ts";

/** What is known of an exchange when it has ended. */
export interface Ended {
  readonly ending: Ending;
  /** Absent where no answer's head came. */
  readonly status: number | undefined;
  readonly answer: Answer | undefined;
  /** The answer said itself that it failed. */
  readonly failed: boolean;
  /** A part of the answer could not be read: its final object may have been there. */
  readonly unread: boolean;
}

/** What became of a measured request. */
export function outcomeOf({ ending, status, answer, failed, unread }: Ended): Outcome {
  if (answer) return { finished: doneReason(answer.doneReason) };
  if (status !== undefined && status !== 200) return { failed: ofStatus(status) };
  // Before the client's leaving, which may be its answer to that.
  if (failed) return { failed: "stream_error" };
  if (ending === "client_abort" || ending === "upstream_unreachable") return { failed: ending };
  return unread && ending === "complete" ? { finished: "other" } : { failed: "truncated" };
}

function doneReason(told: string | undefined): DoneReason {
  return DONE_REASONS.find((reason) => reason === told) ?? "other";
}

function ofStatus(status: number): FailureReason {
  if (status >= 500) return "upstream_5xx";
  return status >= 400 ? "upstream_4xx" : "unexpected_status";
}
