/** W3C Trace Context §3.2: version, trace, parent and flags; versions after 00 may add fields. */
const TRACEPARENT =
  /^(?!ff|00.{54})[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(?:-|$)/;

const SAMPLED = 1;

/** The trace id of a `traceparent`; undefined if it is not valid or nobody keeps the trace. */
export function sampledTrace(traceparent: string | null): string | undefined {
  const [, traceId, flags = "0"] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  return Number.parseInt(flags, 16) & SAMPLED ? traceId : undefined;
}
