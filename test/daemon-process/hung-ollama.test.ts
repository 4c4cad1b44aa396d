import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { parseExposition, type Samples, scrape, startingWith } from "../support/exposition.ts";
import { isOwnQuestion } from "../support/own-questions.ts";
import { answerOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";
import { onEachTarget } from "./each-target.ts";

const VERSION = '{"version":"0.24.0"}';
const NOTHING = '{"models":[]}';

/** The version and the metrics. */
const ASKED_AT_START = 2;

/** A page for which Ollama has 0.3 s. */
async function hurriedScrape(url: string): Promise<Samples> {
  const headers = { "X-Prometheus-Scrape-Timeout-Seconds": "0.8" };
  return parseExposition(await (await fetch(`${url}/metrics`, { headers })).text());
}

/** What an upstream was asked for since the start. */
function asked({ visits }: RawUpstream): string[] {
  return visits
    .filter(({ request }) => isOwnQuestion(request))
    .map(({ request }) => request.startLine.replace(/^GET (\S+) .*$/, "$1"))
    .slice(ASKED_AT_START);
}

onEachTarget("The exporter", (start) => {
  test("asks Ollama one question for each scrape but the first", async () => {
    await using upstream = await startRawUpstream(({ request, socket }) =>
      socket.write(answerOf(request.startLine.includes("version") ? VERSION : NOTHING)),
    );
    await using exporter = await start(upstream);
    await exporter.says(/Ollama 0\.24\.0 answers/);
    await scrape(exporter.url);
    expect(asked(upstream).toSorted()).toEqual(["/api/ps", "/api/tags", "/api/version"]);
    await scrape(exporter.url);
    await scrape(exporter.url);
    expect(asked(upstream).slice(3)).toEqual(["/api/ps", "/api/ps"]);
  });

  test("answers ten scrapes at once with one probe", async () => {
    await using upstream = await startRawUpstream(({ request, socket }) => {
      // No answer comes before all scrapes have, which would ask again after it.
      if (request.startLine.includes("version")) socket.write(answerOf(VERSION));
      else if (request.startLine.includes("/metrics")) socket.write(answerOf(""));
      else if (request.startLine.includes("/all-are-here")) {
        const open = upstream.visits.slice(ASKED_AT_START);
        for (const visit of open) visit.socket.write(answerOf(NOTHING));
      }
    });
    await using exporter = await start(upstream);
    await exporter.says(/Ollama 0\.24\.0 answers/);
    const scrapes = Array.from({ length: 10 }, () => scrape(exporter.url));
    await (await fetch(`${exporter.url}/all-are-here`)).text();
    for (const samples of await Promise.all(scrapes)) expect(samples.get("ollama_up")).toBe(1);
    expect(asked(upstream).filter((path) => path === "/api/ps")).toHaveLength(1);
  });

  test.each([
    ["nothing", "", 0],
    ["half a head", "HTTP/1.1 200 OK\r\nContent-", 0],
    ["half a body", 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"models":[', 1],
  ])("has a page although Ollama answers %s", async (_, answer, up) => {
    await using upstream = await startRawUpstream(({ socket }) => {
      const isStarting = upstream.visits.length <= ASKED_AT_START;
      socket.write(isStarting ? answerOf(VERSION) : answer);
    });
    await using exporter = await start(upstream);
    await exporter.says(/Ollama 0\.24\.0 answers/);
    for (let round = 0; round < 2; round++) {
      const samples = await hurriedScrape(exporter.url);
      expect(samples.get("ollama_up")).toBe(up);
      expect(samples.get('ollama_probe_success{endpoint="ps"}')).toBe(0);
      expect(samples.get("ollama_exporter_model_overflow_total")).toBe(0);
    }
    // Nothing that was given up is still open.
    await Promise.all(upstream.visits.slice(ASKED_AT_START).map(({ closed }) => closed));
  });

  test("has a page while what accepts connections does nothing else", async () => {
    await using upstream = await startRawUpstream(() => {}, Boolean);
    await using exporter = await start(upstream);
    expect((await hurriedScrape(exporter.url)).get("ollama_up")).toBe(0);
  });
});

test("An upstream that is down is told as such", async () => {
  await using upstream = await startRawUpstream(() => {});
  await upstream.stop();
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  const samples = await scrape(exporter.url);
  expect(samples.get("ollama_up")).toBe(0);
  expect(Object.values(startingWith(samples, "ollama_probe_success"))).toEqual([0, 0, 0]);
});
