import { type About, clientsAddress } from "../about.ts";
import { sum, sumBy } from "../families.ts";
import { byId, say } from "./element.ts";
import { count } from "./format.ts";
import type { View } from "./view.ts";

/** What to do before anything can be seen: where clients have to go, and what is not measured. */
export function start(about: About): View {
  const address = clientsAddress(about, location);
  say(byId("address"), address);
  say(byId("first-try"), `OLLAMA_HOST=${address} ollama run llama3.2 "Hello"`);
  const [first, unmeasured] = [byId("start"), byId("unmeasured")];

  return ({ scrape: { families } }) => {
    first.hidden = (sum(families, "ollama_requests_total") ?? 0) > 0;
    const passed = [...sumBy(families, "ollama_exporter_unmeasured_requests_total", "api")].filter(
      ([, requests]) => requests > 0,
    );
    unmeasured.hidden = passed.length === 0;
    const told = passed.map(([api, requests]) => `${count(requests)} in the ${api} API`);
    say(byId("unmeasured-requests"), `Forwarded as they are since the start: ${told.join(", ")}.`);
    const apis = [...about.observe, ...passed.map(([api]) => api)];
    say(byId("observe"), `--observe ${apis.join(",")}`);
  };
}
