import { type Families, select, sum } from "../families.ts";
import { firstToken, generationSpeed, queueing } from "../figures.ts";
import { createCard } from "./card.ts";
import { count, duration, moment, NONE, perSecond } from "./format.ts";
import type { Shown, View } from "./view.ts";

/** The figures at a glance. */
export function cards(): View {
  const ollama = createCard("ollama");
  const inFlight = createCard("in-flight");
  const speed = createCard("speed");
  const token = createCard("first-token");
  const requests = createCard("requests");

  return (shown) => {
    const { families } = shown.scrape;
    ollama(upOf(families), versionOf(families));

    const wait = recently(shown, (of) => queueing(0.95, of));
    inFlight(
      count(sum(families, "ollama_requests_in_flight") ?? 0),
      wait.value === undefined
        ? "running or waiting"
        : `running or waiting; p95 of the wait for a slot ${duration(wait.value)}, ${wait.when}`,
    );
    const generation = recently(shown, generationSpeed);
    speed(
      generation.value === undefined ? NONE : `${perSecond(generation.value)} tokens/s`,
      generation.when,
    );

    const late = recently(shown, (of) => firstToken(0.95, of));
    const median = recently(shown, (of) => firstToken(0.5, of));
    token(duration(late.value), `p95; p50 ${duration(median.value)}, ${late.when}`);

    requests(count(sum(families, "ollama_requests_total") ?? 0), outcomes(families));
  };
}

/** A figure of the last minutes, or since the start where there is none. */
function recently(shown: Shown, figure: (families: Families) => number | undefined) {
  const lately = shown.lately && figure(shown.lately);
  return lately === undefined
    ? { value: figure(shown.scrape.families), when: "since start" }
    : { value: lately, when: "last 5 min" };
}

function upOf(families: Families): string {
  const up = sum(families, "ollama_up");
  if (up === undefined) return "Unknown";
  return up > 0 ? "Up" : "Down";
}

function versionOf(families: Families): string {
  const [info] = select(families, "ollama_version_info");
  if (info) return `version ${info.labels.get("version")}`;
  return sum(families, "ollama_up") === 0 ? "gives no answer" : "version unknown";
}

function outcomes(families: Families): string {
  const finished = count(sum(families, "ollama_responses_finished_total") ?? 0);
  const failed = count(sum(families, "ollama_request_failures_total") ?? 0);
  const start = sum(families, "process_start_time_seconds");
  const since = start === undefined ? "since start" : `since ${moment(start * 1000)}`;
  return `${finished} finished, ${failed} failed, ${since}`;
}
