import { type Ask, checkAsk, jobOf } from "../ask.ts";
import type { Exchange, Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { joinPieces, type Piece } from "../piece.ts";
import { textTokens } from "../prompt-tokens.ts";
import { Refusal } from "../refusal.ts";
import { sendOpenAi, writeNamedEvent } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { type Figures, run } from "../run.ts";
import { countsOf } from "../tally.ts";
import { type Block, blockOf, blocksOf, createBlockWriter } from "./anthropic-blocks.ts";

const REQUEST = {
  name: "MessagesRequest",
  fields: { model: "string", messages: "[]anthropic.MessageParam", max_tokens: "int" },
};

interface MessagesRequest extends Pick<Ask, "model" | "messages"> {
  readonly max_tokens?: number | null;
  readonly stream?: boolean | null;
  readonly tools?: readonly { readonly name: string; readonly input_schema?: object }[] | null;
  readonly thinking?: { readonly type?: string } | null;
}

export const anthropicMessages: Handler = async (simulation, exchange) => {
  const { request, response, signal } = exchange;
  const body = await readJson<MessagesRequest>(request, REQUEST);
  if (!body.model) throw new Refusal(400, "model is required");
  if (!body.max_tokens) throw new Refusal(400, "max_tokens is required and must be positive");
  if (!body.messages?.length) throw new Refusal(400, "messages is required");
  const model = findModel(simulation, body.model);
  const counts = countsOf(simulation.tally, "/v1/messages", model.name);
  counts.requests++;
  const ask = askOf(body);
  checkAsk(ask, model, counts, "chat");

  const job = jobOf(ask, model, counts);
  const head = {
    id: `msg_${job.seed.toString(16).padStart(24, "0")}`,
    type: "message",
    role: "assistant",
    model: body.model,
  };
  const estimate = textTokens(JSON.stringify(body.messages));
  const start = { ...head, content: [], usage: { input_tokens: estimate, output_tokens: 0 } };
  const blocks = createBlockWriter(exchange);
  let begun = false;
  const begin = async (): Promise<void> => {
    if (!begun) await writeNamedEvent(exchange, { type: "message_start", message: start });
    begun = true;
  };

  const pieces: Piece[] = [];
  const figures = await run(simulation, job, signal, async (piece) => {
    pieces.push(piece);
    const block = blockOf(piece);
    if (!body.stream || block === undefined) return;
    await begin();
    await blocks.write(block);
  });
  const whole = joinPieces(pieces);
  const end = { stop_reason: stopReason(figures, whole) };
  if (!body.stream) {
    const content: readonly Block[] = blocksOf(whole);
    return sendOpenAi(response, { ...head, content, ...end, usage: usage(figures) });
  }
  await begin();
  await blocks.close();
  await finish(exchange, end, figures);
};

async function finish(exchange: Exchange, delta: object, figures: Figures): Promise<void> {
  await writeNamedEvent(exchange, { type: "message_delta", delta, usage: usage(figures) });
  await writeNamedEvent(exchange, { type: "message_stop" });
  exchange.response.end();
}

function usage({ promptTokens, generatedTokens }: Figures): object {
  return { input_tokens: promptTokens, output_tokens: generatedTokens };
}

function stopReason({ doneReason }: Figures, { toolCalls }: Piece): string {
  if (toolCalls !== undefined) return "tool_use";
  return doneReason === "length" ? "max_tokens" : "end_turn";
}

function askOf(body: MessagesRequest): Ask {
  const tools = body.tools?.map(({ name, input_schema }) => ({
    function: { name, ...(input_schema && { parameters: input_schema }) },
  }));
  return {
    model: body.model,
    messages: body.messages,
    tools: tools ?? null,
    think: body.thinking?.type === "enabled" ? true : null,
    options: { num_predict: body.max_tokens ?? 0 },
  };
}
