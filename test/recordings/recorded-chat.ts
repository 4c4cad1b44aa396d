import { parseMessage } from "../support/http-message.ts";
import type { Recording } from "../support/recordings.ts";
import { recordedMessage } from "../support/replay.ts";

/** What the final line of an answer says. */
export interface FinalLine {
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

/** The recordings' few names, as `ollama ps` shows them. */
export function modelOf({ request }: Recording): string {
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

export function finalLine(chat: Recording): FinalLine | undefined {
  if (chat.status !== 200) return undefined;
  const lines = recordedMessage(chat).body.toString().split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as FinalLine)
    .find(({ done }) => done === true);
}

/** Whether it is streamed and any line of it has content, thinking or a tool call. */
export function hasFirstToken(chat: Recording): boolean {
  const { body, fields } = recordedMessage(chat);
  const streamed = fields.some(([, value]) => value === "application/x-ndjson");
  return streamed && /"content":"[^"]|"thinking":"[^"]|"tool_calls"/.test(String(body));
}

export function hasUsage({ prompt_eval_count: prompt, eval_count: generated }: FinalLine): boolean {
  return prompt !== undefined || generated !== undefined;
}

/** Nanoseconds. */
export function queueOf(final: FinalLine): number | undefined {
  const { total_duration: total, load_duration: load } = final;
  if (total === undefined || load === undefined) return undefined;
  const { prompt_eval_duration: prompt = 0, eval_duration: generation = 0 } = final;
  return Math.max(0, total - load - prompt - generation);
}
