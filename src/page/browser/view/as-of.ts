import { select } from "../families.ts";
import { byId, say } from "./element.ts";
import { clock } from "./format.ts";
import type { View } from "./view.ts";

/** Of which exporter and of when the figures are. */
export function asOf(): View {
  const [build, time] = [byId("build"), byId("as-of")];
  return ({ scrape }) => {
    const [info] = select(scrape.families, "ollama_exporter_build_info");
    say(build, info?.labels.get("version") ?? "");
    say(time, `as of ${clock(scrape.at)}`);
  };
}
