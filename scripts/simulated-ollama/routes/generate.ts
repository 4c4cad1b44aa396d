import { type Ask, checkAsk, jobOf, loadOnly } from "../ask.ts";
import type { Handler } from "../exchange.ts";
import { figuresFields } from "../figures-fields.ts";
import { findModel } from "../find-model.ts";
import { keepAlive } from "../keep-alive.ts";
import { isVisible, joinPieces, type Piece } from "../piece.ts";
import { between, createRandom } from "../random.ts";
import { sendJson, writeLine } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { run } from "../run.ts";
import { countsOf } from "../tally.ts";
import { timestamp } from "../timestamp.ts";

const REQUEST = {
  name: "GenerateRequest",
  fields: { model: "string", prompt: "string", stream: "bool", options: "map[string]interface {}" },
};

interface GenerateRequest extends Omit<Ask, "messages" | "tools"> {
  readonly prompt?: string | null;
  readonly images?: readonly unknown[] | null;
  readonly stream?: boolean | null;
}

export const generate: Handler = async (simulation, exchange) => {
  const { request, response, signal } = exchange;
  const body = await readJson<GenerateRequest>(request, REQUEST);
  const model = findModel(simulation, body.model ?? "");
  const counts = countsOf(simulation.tally, "/api/generate", model.name);
  counts.requests++;
  const message = { role: "user", content: body.prompt ?? "", images: body.images ?? [] };
  const ask: Ask = { ...body, messages: [message] };
  checkAsk(ask, model, counts, "generate");

  const line = ({ content = "", thinking }: Piece): object => ({
    model: body.model,
    created_at: timestamp(),
    response: content,
    thinking,
    done: false,
  });

  if (!body.prompt) {
    const time = keepAlive(body.keep_alive);
    const done_reason = await loadOnly(simulation, model, counts, time, signal);
    sendJson(response, { ...line({}), done: true, done_reason });
    return;
  }

  const streams = body.stream ?? true;
  const pieces: Piece[] = [];
  const job = jobOf(ask, model, counts);
  const figures = await run(simulation, job, signal, async (piece) => {
    if (!streams) pieces.push(piece);
    else if (isVisible(piece)) await writeLine(exchange, line(piece));
  });
  const last = {
    ...line(joinPieces(pieces)),
    done: true,
    done_reason: figures.doneReason,
    context: contextOf(job.seed, figures.promptTokens + figures.generatedTokens),
    ...figuresFields(figures),
  };
  if (!streams) return sendJson(response, last);
  await writeLine(exchange, last);
  response.end();
};

/** One number per token of prompt and answer. */
function contextOf(seed: number, tokens: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: tokens }, () => between(random, 0, 128_255));
}
