import { setTimeout } from "node:timers/promises";
import { type Connection, openConnection } from "./connection.ts";
import { expectAnswer, expectThat, textOf } from "./expect.ts";
import { type Page, readPage } from "./page.ts";

/** Milliseconds; Prometheus takes a minute unless told otherwise. */
const EVERY = 1000;

export interface Scraper {
  /** The latest page. */
  page(): Page;
  readonly wrong: readonly string[];
  scrapes(): number;
  /** Scrapes once more and stays quiet from then on. */
  stop(): Promise<Page>;
}

/** Scrapes every second, on one connection as Prometheus does. */
export async function startScraper(url: string): Promise<Scraper> {
  const port = Number(new URL(url).port);
  const over = new AbortController();
  const wrong: string[] = [];
  let connection: Connection | undefined;
  let page = readPage("");
  let scrapes = 0;

  const scrape = async (): Promise<void> => {
    if (!connection?.isOpen()) connection = openConnection(port);
    const answer = await connection.ask({ method: "GET", path: "/metrics" });
    try {
      expectAnswer(answer, 200);
      page = readPage(textOf(answer));
      scrapes++;
      const { requests, finished, failed, inFlight } = page;
      expectThat(
        requests === finished + failed + inFlight,
        `${requests} requests, but ${finished} finished, ${failed} failed and ${inFlight} in flight`,
      );
    } catch (error) {
      wrong.push(`scrape: ${String(error)}`);
    }
  };
  await scrape();
  const scraping = (async () => {
    while (!over.signal.aborted) {
      await scrape();
      await setTimeout(EVERY, undefined, over).catch(() => {});
    }
  })();
  return {
    page: () => page,
    wrong,
    scrapes: () => scrapes,
    async stop() {
      over.abort();
      await scraping;
      await scrape();
      connection?.[Symbol.dispose]();
      return page;
    },
  };
}
