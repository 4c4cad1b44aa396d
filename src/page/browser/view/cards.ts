import { type Families, select, sum } from "../families.ts";
import { firstToken, generationSpeed, queueing } from "../figures.ts";
import { byId, say } from "./element.ts";
import { count, duration, moment, perSecond } from "./format.ts";
import type { Shown, View } from "./view.ts";

/** The figures at a glance. */
export function cards(): View {
  const figure = (id: string) => {
    const [value, more] = [byId(id), byId(`${id}-more`)];
    return (text: string, explained: string): HTMLElement => {
      say(value, text);
      say(more, explained);
      return value;
    };
  };
  const ollama = figure("ollama");
  const inFlight = figure("in-flight");
  const speed = figure("speed");
  const token = figure("first-token");
  const requests = figure("requests");

  return (shown) => {
    const { families } = shown.scrape;
    const up = sum(families, "ollama_up");
    const state = up === undefined ? "Unknown" : up > 0 ? "Up" : "Down";
    ollama(state, versionOf(families)).className =
      `figure ${{ Up: "good", Down: "bad", Unknown: "" }[state]}`;

    const wait = recently(shown, (of) => queueing(0.95, of));
    inFlight(
      count(sum(families, "ollama_requests_in_flight") ?? 0),
      wait.value === undefined
        ? "running or waiting"
        : `p95 of the wait for a slot ${duration(wait.value)}, ${wait.when}`,
    );
    const generation = recently(shown, generationSpeed);
    speed(withUnit(generation.value, perSecond, "tokens/s"), generation.when);

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

function withUnit(value: number | undefined, format: typeof count, unit: string): string {
  return value === undefined ? format(value) : `${format(value)} ${unit}`;
}

function versionOf(families: Families): string {
  const [info] = select(families, "ollama_version_info");
  return info ? `version ${info.labels.get("version")}` : "version unknown";
}

function outcomes(families: Families): string {
  const finished = count(sum(families, "ollama_responses_finished_total") ?? 0);
  const failed = count(sum(families, "ollama_request_failures_total") ?? 0);
  const start = sum(families, "process_start_time_seconds");
  const since = start === undefined ? "since start" : `since ${moment(start * 1000)}`;
  return `${finished} finished, ${failed} failed, ${since}`;
}
