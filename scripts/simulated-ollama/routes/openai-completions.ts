import { type Ask, checkAsk, jobOf } from "../ask.ts";
import type { Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { isVisible, joinPieces, type Piece } from "../piece.ts";
import { between, createRandom } from "../random.ts";
import { Refusal } from "../refusal.ts";
import { DONE, sendOpenAi, writeEvent } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { run } from "../run.ts";
import { countsOf } from "../tally.ts";
import { finishReason, usage } from "./openai-fields.ts";

const REQUEST = {
  name: "CompletionRequest",
  fields: { model: "string", prompt: "string", stream: "bool", max_tokens: "int" },
};

interface CompletionRequest {
  readonly model: string;
  readonly prompt?: string | null;
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly max_tokens?: number | null;
  readonly seed?: number | null;
}

const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

export const openaiCompletions: Handler = async (simulation, exchange) => {
  const { request, response, signal } = exchange;
  const body = await readJson<CompletionRequest>(request, REQUEST);
  if (!body.model) throw new Refusal(400, "model is required");
  const model = findModel(simulation, body.model);
  const counts = countsOf(simulation.tally, "/v1/completions", model.name);
  counts.requests++;
  const ask = askOf(body);
  checkAsk(ask, model, counts, "generate");

  const job = jobOf(ask, model, counts);
  const head = {
    id: `cmpl-${between(createRandom(job.seed), 0, 998)}`,
    object: "text_completion",
    created: Math.floor(Date.now() / 1000),
  };
  const origin = { model: body.model, system_fingerprint: "fp_ollama" };
  const tells = body.stream_options?.include_usage === true;
  const chunk = (choices: readonly object[], figures: object = NO_USAGE): object => ({
    ...head,
    choices,
    ...origin,
    ...(tells && { usage: figures }),
  });

  const pieces: Piece[] = [];
  const figures = await run(simulation, job, signal, async (piece) => {
    pieces.push(piece);
    if (body.stream && isVisible(piece)) await writeEvent(exchange, chunk([choice(piece, null)]));
  });
  const whole = joinPieces(pieces);
  const reason = finishReason(figures, whole);
  if (!body.stream) {
    const choices = [choice(whole, reason)];
    return sendOpenAi(response, { ...head, ...origin, choices, usage: usage(figures) });
  }
  const last = tells ? [chunk([], usage(figures))] : [];
  await writeEvent(exchange, chunk([choice({}, reason)]), ...last, DONE);
  response.end();
};

function choice({ content = "" }: Piece, finish_reason: string | null): object {
  return { text: content, index: 0, finish_reason };
}

function askOf({ model, prompt, seed, max_tokens }: CompletionRequest): Ask {
  return {
    model,
    messages: [{ role: "user", content: prompt ?? "" }],
    think: false,
    options: { seed: seed ?? 0, num_predict: max_tokens ?? 0 },
  };
}
