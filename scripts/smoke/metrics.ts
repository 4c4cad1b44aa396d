import { PROJECT } from "../build/project.ts";
import { COUNTED } from "./answers.ts";
import { expected, expectSame } from "./expected.ts";
import type { Stage } from "./stage.ts";

/** @param revision as `--version` told it */
export async function checkMetrics({ url, deadline }: Stage, revision: string): Promise<void> {
  const answer = await deadline.wait(fetch(`${url}/metrics`), "an answer");
  const page = await deadline.wait(answer.text(), "the whole page");
  const samples = samplesOf(page);
  for (const [series, value] of Object.entries(COUNTED)) {
    expectSame(samples.get(series) ?? null, value, series);
  }
  const requests = [...samples.keys()].filter((name) => name.startsWith("ollama_requests_total"));
  expectSame(requests.length, 1, "one model in ollama_requests_total");

  const built = `ollama_exporter_build_info{version="${PROJECT.version}",revision="${revision}",`;
  if ([...samples.keys()].some((series) => series.startsWith(built))) return;
  throw expected(`${built}…`, /^ollama_exporter_build_info.*/m.exec(page)?.[0] ?? "nothing of it");
}

function samplesOf(page: string): ReadonlyMap<string, number> {
  const lines = page.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}
