import type { Findings } from "./findings.ts";
import { costPerQuarter, judged, pointsOf } from "./quarters.ts";
import { growsWithoutBound, type Limit, type Point } from "./trend.ts";

const MIB = 2 ** 20;

/**
 * Garbage collections come as they like, so that a flat run of five minutes was seen to change by up
 * to 9 MiB in one half and 3 in all. A leak of 1.2 kB per request makes 6 MiB in each half of what is
 * judged of five minutes, one of 100 bytes in an hour. 32 MiB, a third of the whole, is what a heap
 * may settle at later.
 */
const RESIDENT: Limit = { steady: 6 * MIB, total: 32 * MIB };

/** As many as clients and the upstream happen to have open: their median stays within 2. */
const DESCRIPTORS: Limit = { steady: 4, total: 32 };

/** All models are known before the traffic starts; a new one would have 177 with all there is. */
const SERIES: Limit = { steady: 0, total: 177 };

/** Descriptors at rest: those that a runtime opens when it first needs something. */
const MORE_AT_REST = 3;

/** Messages about requests come once a minute each at most. */
const LINES_AT_START = 10;
const LINES_A_MINUTE = 3;

/** Of processor time: beside other work on the machine it varies by a quarter. */
const DEARER = 1.5;

/** What is wrong, in words; nothing if the exporter stood it. */
export function problemsOf(findings: Findings): string[] {
  return [...growth(findings), ...cost(findings), ...counts(findings), ...end(findings)];
}

function growth({ samples, duration, before, after }: Findings): string[] {
  const watched = judged(samples, duration);
  const last = samples.at(-1)?.logged ?? 0;
  const mostLines = LINES_AT_START + (LINES_A_MINUTE * duration) / 60_000;
  return [
    ...grows("resident memory", pointsOf(watched, "resident"), RESIDENT),
    ...grows("the number of open descriptors", pointsOf(watched, "descriptors"), DESCRIPTORS),
    ...grows("the number of series", pointsOf(watched, "series"), SERIES),
    ...unless(last <= mostLines, `${last} lines of log`),
    ...unless(
      after.descriptors <= before.descriptors + MORE_AT_REST,
      `${after.descriptors} descriptors at rest, of ${before.descriptors} at the start`,
    ),
    ...unless(after.upstreamOpen === 0, `${after.upstreamOpen} connections left at the upstream`),
  ];
}

function cost({ samples, before, after }: Findings): string[] {
  const quarters = costPerQuarter(samples);
  const [first = NaN] = quarters;
  const last = quarters.at(-1) ?? NaN;
  const { shortStreams, longStreams } = after.cost;
  return [
    ...unless(last <= first * DEARER, "a chunk costs more in the last quarter than in the first"),
    ...unless(
      shortStreams <= before.cost.shortStreams * DEARER &&
        longStreams <= before.cost.longStreams * DEARER,
      "a chunk costs more in the end than at the start",
    ),
    ...unless(
      longStreams <= shortStreams * DEARER,
      "a chunk costs more in long streams than in short ones",
    ),
  ];
}

function counts({ clients, wrong, lastPage }: Findings): string[] {
  const { chats, answered, left, badLines } = clients;
  const { requests, inFlight, answers, skippedLines } = lastPage;
  const [first] = wrong;
  return [
    ...unless(first === undefined, `${wrong.length} wrong answers, the first: ${first}`),
    ...unless(requests === chats, `${requests} chats counted of ${chats} that were sent`),
    ...unless(inFlight === 0, `${inFlight} requests counted as running when none was`),
    // A client that leaves may do so while the final object is on its way.
    ...unless(
      answers >= answered && answers <= answered + left,
      `${answers} answers counted of ${answered} that were seen`,
    ),
    ...unless(skippedLines === badLines, `${skippedLines} skipped lines counted of ${badLines}`),
  ];
}

function end({ errors, ending }: Findings): string[] {
  const [first] = errors;
  return [
    ...unless(first === undefined, `${errors.length} errors in the log, the first: ${first}`),
    ...unless(ending === "exit code 0", `it ended with ${ending}`),
  ];
}

function grows(what: string, points: readonly Point[], limit: Limit): string[] {
  return unless(!growsWithoutBound(points, limit), `${what} grows`);
}

function unless(isSo: boolean, problem: string): string[] {
  return isSo ? [] : [problem];
}
