import { parseMessage } from "../support/http-message.ts";
import type { Recording } from "../support/recordings.ts";
import { recordedMessage } from "../support/replay.ts";

/** What the final line of an answer says. */
interface FinalLine {
  readonly done?: boolean;
  readonly total_duration?: number;
  readonly load_duration?: number;
  readonly prompt_eval_duration?: number;
  readonly eval_duration?: number;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
}

export function isChat({ method, path }: Recording): boolean {
  return method === "POST" && path === "/api/chat";
}

const HISTOGRAMS: Readonly<Record<string, (final: FinalLine) => number | undefined>> = {
  ollama_response_seconds: (final) => seconds(final.total_duration),
  ollama_load_duration_seconds: (final) => seconds(final.load_duration),
  ollama_prompt_eval_duration_seconds: (final) => seconds(final.prompt_eval_duration),
  ollama_eval_duration_seconds: (final) => seconds(final.eval_duration),
  ollama_tokens_per_second: ({ eval_count: tokens, eval_duration: time }) =>
    tokens !== undefined && time !== undefined ? tokens / (time / 1e9) : undefined,
};

const COUNTERS: Readonly<Record<string, (final: FinalLine) => number | undefined>> = {
  ollama_tokens_processed_total: (final) => final.prompt_eval_count,
  ollama_tokens_generated_total: (final) => final.eval_count,
};

/** The series that these chats call for, with the histograms' borders as the page has them. */
export function expectedSeries(
  chats: readonly Recording[],
  borders: (histogram: string) => readonly string[],
): Record<string, number> {
  const series: Record<string, number> = {};
  const add = (name: string, labels: string, value: number): void => {
    const key = `${name}{${labels}}`;
    series[key] = (series[key] ?? 0) + value;
  };
  for (const chat of chats) {
    const model = `model="${modelOf(chat)}"`;
    add("ollama_requests_total", model, 1);
    const final = finalLine(chat);
    if (final === undefined) continue;
    for (const [name, valueOf] of Object.entries(COUNTERS)) {
      const value = valueOf(final);
      if (value !== undefined) add(name, model, value);
    }
    for (const [name, valueOf] of Object.entries(HISTOGRAMS)) {
      const value = valueOf(final);
      if (value === undefined) continue;
      add(`${name}_sum`, model, value);
      add(`${name}_count`, model, 1);
      for (const le of borders(name)) {
        const holds = le === "+Inf" || value <= Number(le);
        add(`${name}_bucket`, `le="${le}",${model}`, holds ? 1 : 0);
      }
    }
  }
  return series;
}

/** The recordings' few names, as `ollama ps` shows them. */
function modelOf({ request }: Recording): string {
  const body = parseMessage(request, { kind: "request" })?.body.toString() ?? "";
  let model: unknown;
  try {
    ({ model } = JSON.parse(body) as { model?: unknown });
  } catch {
    return "unknown";
  }
  if (typeof model !== "string") return "unknown";
  const name = model.toLowerCase();
  return name.includes(":") ? name : `${name}:latest`;
}

function finalLine(chat: Recording): FinalLine | undefined {
  if (chat.status !== 200) return undefined;
  const lines = recordedMessage(chat).body.toString().split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as FinalLine)
    .find(({ done }) => done === true);
}

function seconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
}
