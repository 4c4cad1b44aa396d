import { byId, say, sayIf } from "./element.ts";
import { clock } from "./format.ts";

/** How it stands with the metrics page. */
export type Status =
  | { readonly kind: "live" | "paused" | "denied" }
  | { readonly kind: "gone" | "foreign"; readonly since: number }
  | { readonly kind: "refused"; readonly status: number; readonly since: number };

/** Says how it stands, once for each change. */
export function status(): (status: Status) => void {
  const [state, problem] = [byId("state"), byId("problem")];
  return (now) => {
    const text = problemOf(now);
    document.body.dataset["state"] = text === undefined ? now.kind : "problem";
    say(
      state,
      text === undefined ? { live: "Live", paused: "Paused" }[now.kind as "live"] : "No figures",
    );
    sayIf(problem, text);
  };
}

function problemOf(now: Status): string | undefined {
  if (now.kind === "denied") {
    return "The metrics are behind a password (401). Reload this page to log in, or try again.";
  }
  if (now.kind === "gone") {
    return `The exporter has not answered since ${clock(now.since)}. This page shows what it said last and goes on asking.`;
  }
  if (now.kind === "foreign") {
    return `What has answered since ${clock(now.since)} is not the exporter's page of metrics: is there a login, or another program, in between? This page shows what it had and goes on asking.`;
  }
  if (now.kind === "refused") {
    return `The metrics page has answered ${now.status} since ${clock(now.since)}. This page shows what it said last and goes on asking.`;
  }
  return undefined;
}
