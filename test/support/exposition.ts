/** The samples of a text exposition by series, as in `ollama_requests_total{model="a:latest"}`. */
export type Samples = ReadonlyMap<string, number>;

export function parseExposition(text: string): Samples {
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const space = line.lastIndexOf(" ");
    samples.set(line.slice(0, space), Number(line.slice(space + 1).replace("Inf", "Infinity")));
  }
  return samples;
}

/** What `/metrics` says now. */
export async function scrape(url: string): Promise<Samples> {
  const answer = await fetch(`${url}/metrics`);
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}`);
  return parseExposition(await answer.text());
}

/** The samples whose series starts so; for telling that nothing else was counted. */
export function startingWith(samples: Samples, prefix: string): Record<string, number> {
  return Object.fromEntries([...samples].filter(([series]) => series.startsWith(prefix)));
}
