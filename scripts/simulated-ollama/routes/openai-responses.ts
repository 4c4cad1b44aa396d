import { type Ask, checkAsk, jobOf } from "../ask.ts";
import type { Exchange, Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { joinPieces, type Piece } from "../piece.ts";
import { Refusal } from "../refusal.ts";
import { sendOpenAi, writeNamedEvent } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { type Figures, run } from "../run.ts";
import { countsOf } from "../tally.ts";
import { type Known, outputOf, responseObject } from "./openai-response.ts";

const REQUEST = {
  name: "ResponsesRequest",
  fields: { model: "string", max_output_tokens: "int", stream: "bool" },
};

interface ResponsesRequest {
  readonly model: string;
  readonly input?: unknown;
  readonly max_output_tokens?: number | null;
  readonly stream?: boolean | null;
  readonly tools?: readonly { readonly name: string; readonly parameters?: object }[] | null;
}

export const openaiResponses: Handler = async (simulation, exchange) => {
  const { request, response, signal } = exchange;
  const body = await readJson<ResponsesRequest>(request, REQUEST);
  if (!body.model) throw new Refusal(400, "model is required");
  const model = findModel(simulation, body.model);
  const counts = countsOf(simulation.tally, "/v1/responses", model.name);
  counts.requests++;
  const ask = askOf(body);
  checkAsk(ask, model, counts, "chat");

  const job = jobOf(ask, model, counts);
  const known = { id: job.seed, model: body.model, most: body.max_output_tokens ?? null };
  const events = createEvents(exchange, known);
  const pieces: Piece[] = [];
  const figures = await run(simulation, job, signal, async (piece) => {
    pieces.push(piece);
    if (body.stream) await events.piece(piece);
  });
  const whole = joinPieces(pieces);
  if (!body.stream) return sendOpenAi(response, responseObject(known, { whole, figures }));
  await events.end(whole, figures);
  response.end();
};

interface Events {
  piece(piece: Piece): Promise<void>;
  end(whole: Piece, figures: Figures): Promise<void>;
}

/** A stream's events: the message's text, or one call. Thinking is not shown. */
function createEvents(exchange: Exchange, known: Known): Events {
  let sequence_number = 0;
  const write = (type: string, fields: object): Promise<void> =>
    writeNamedEvent(exchange, sorted({ ...fields, sequence_number: sequence_number++, type }));
  const begin = async (piece: Piece): Promise<void> => {
    const response = responseObject(known);
    await write("response.created", { response });
    await write("response.in_progress", { response });
    const [item] = outputOf(known, piece, "in_progress");
    await write("response.output_item.added", { item, output_index: 0 });
    if (piece.toolCalls === undefined) await write("response.content_part.added", part(""));
  };
  const place = { content_index: 0, item_id: `msg_${known.id}`, output_index: 0 };
  const part = (text: string): object => ({
    ...place,
    part: { annotations: [], logprobs: [], text, type: "output_text" },
  });
  return {
    async piece(piece) {
      if (!piece.content && piece.toolCalls === undefined) return;
      if (sequence_number === 0) await begin(piece);
      if (piece.content) {
        await write("response.output_text.delta", { ...place, logprobs: [], delta: piece.content });
        return;
      }
      const delta = JSON.stringify(piece.toolCalls?.[0]?.function.arguments);
      const call = { item_id: `fc_${known.id}`, output_index: 0 };
      await write("response.function_call_arguments.delta", { ...call, delta });
    },
    async end(whole, figures) {
      if (sequence_number === 0) await begin({});
      if (whole.toolCalls === undefined) {
        const text = whole.content ?? "";
        await write("response.output_text.done", { ...place, logprobs: [], text });
        await write("response.content_part.done", part(text));
      }
      const [item] = outputOf(known, whole, "completed");
      await write("response.output_item.done", { item, output_index: 0 });
      const response = responseObject(known, { whole, figures });
      await write("response.completed", { response });
    },
  };
}

/** As Go writes a map: by name. */
function sorted<Fields extends object>(fields: Fields): Fields & { readonly type: string } {
  return JSON.parse(JSON.stringify(fields), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function askOf({ model, input, max_output_tokens, tools }: ResponsesRequest): Ask {
  return {
    model,
    messages: Array.isArray(input) ? input : [{ role: "user", content: input }],
    tools: tools?.map((tool) => ({ function: tool })) ?? null,
    think: null,
    options: { num_predict: max_output_tokens ?? 0 },
  };
}
