import type { Observed } from "./findings.ts";
import { showProgress } from "./progress.ts";
import { type Sample, takeSamples } from "./sampler.ts";
import { startScraper } from "./scraper.ts";
import type { Stage } from "./stage.ts";
import { introduceCrowd, mixedTraffic } from "./traffic.ts";

/** Watches the exporter while mixed traffic runs for this many milliseconds. */
export async function observe(stage: Stage, duration: number): Promise<Observed> {
  const { clients, exporter, upstream, vitals, say } = stage;
  const scraper = await startScraper(exporter.url);
  const firstPage = scraper.page();
  say("introducing more models than it tells apart");
  await introduceCrowd(clients);

  const over = new AbortController();
  const look = (): Omit<Sample, "at"> => ({
    ...vitals(),
    series: scraper.page().series,
    logged: exporter.logged(),
    chunks: clients.counts.chunks,
  });
  const sampling = takeSamples(look, duration, over.signal);
  const progress = showProgress(stage, look, duration);
  await mixedTraffic(clients, upstream, duration);
  over.abort();
  progress.stop();
  const lastPage = await scraper.stop();
  return {
    samples: await sampling,
    scrapes: scraper.scrapes(),
    firstPage,
    lastPage,
    clients: { ...clients.counts },
    wrong: [...clients.wrong, ...scraper.wrong],
  };
}
