import { type Ask, checkAsk, jobOf } from "../ask.ts";
import type { Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { isVisible, joinPieces, type Piece } from "../piece.ts";
import { between, createRandom } from "../random.ts";
import { Refusal } from "../refusal.ts";
import { DONE, sendOpenAi, writeEvent } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { type Figures, run } from "../run.ts";
import { countsOf } from "../tally.ts";
import { delta, finishReason, usage } from "./openai-fields.ts";

const REQUEST = {
  name: "ChatCompletionRequest",
  fields: { model: "string", messages: "[]openai.Message", stream: "bool", max_tokens: "int" },
};

interface ChatCompletionRequest extends Pick<Ask, "model" | "messages" | "tools"> {
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly max_tokens?: number | null;
  readonly seed?: number | null;
  readonly reasoning_effort?: string | null;
  readonly response_format?: {
    readonly type?: string;
    readonly json_schema?: { readonly schema?: unknown };
  } | null;
}

export const openaiChat: Handler = async (simulation, exchange) => {
  const { request, response, signal } = exchange;
  const body = await readJson<ChatCompletionRequest>(request, REQUEST);
  if (!body.messages?.length) throw new Refusal(400, "[] is too short - 'messages'");
  if (!body.model) throw new Refusal(400, "model is required");
  const model = findModel(simulation, body.model);
  const counts = countsOf(simulation.tally, "/v1/chat/completions", model.name);
  counts.requests++;
  const ask = askOf(body);
  checkAsk(ask, model, counts, "chat");

  const job = jobOf(ask, model, counts);
  const head = (object: string): object => ({
    id: `chatcmpl-${between(createRandom(job.seed), 0, 998)}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    system_fingerprint: "fp_ollama",
  });
  const chunk = (piece: Piece, finish_reason: string | null): object => ({
    ...head("chat.completion.chunk"),
    choices: [{ index: 0, delta: delta(piece), finish_reason }],
  });

  const pieces: Piece[] = [];
  const figures = await run(simulation, job, signal, async (piece) => {
    pieces.push(piece);
    if (body.stream && isVisible(piece)) await writeEvent(exchange, chunk(piece, null));
  });
  const whole = joinPieces(pieces);
  const reason = finishReason(figures, whole);
  if (!body.stream) {
    const choices = [{ index: 0, message: delta(whole), finish_reason: reason }];
    sendOpenAi(response, { ...head("chat.completion"), choices, usage: usage(figures) });
    return;
  }
  // One write, hence one chunk, brings the end in `openai-chat-stream-usage`.
  await writeEvent(exchange, chunk({}, reason), ...usageEvent(body, head, figures), DONE);
  response.end();
};

function usageEvent(
  body: ChatCompletionRequest,
  head: (object: string) => object,
  figures: Figures,
): object[] {
  if (!body.stream_options?.include_usage) return [];
  return [{ ...head("chat.completion.chunk"), choices: [], usage: usage(figures) }];
}

function askOf(body: ChatCompletionRequest): Ask {
  const format = body.response_format;
  return {
    model: body.model,
    messages: body.messages,
    tools: body.tools ?? null,
    think: body.reasoning_effort ?? null,
    format: format?.json_schema?.schema ?? (format?.type === "json_object" ? "json" : undefined),
    options: { seed: body.seed ?? 0, num_predict: body.max_tokens ?? 0 },
  };
}
