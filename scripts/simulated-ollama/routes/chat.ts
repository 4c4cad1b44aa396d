import { type Ask, checkAsk, jobOf, loadOnly } from "../ask.ts";
import type { Handler } from "../exchange.ts";
import { figuresFields } from "../figures-fields.ts";
import { findModel } from "../find-model.ts";
import { keepAlive } from "../keep-alive.ts";
import { isVisible, joinPieces, type Piece } from "../piece.ts";
import { Refusal } from "../refusal.ts";
import { sendJson, writeLine } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { run } from "../run.ts";
import { countsOf } from "../tally.ts";
import { timestamp } from "../timestamp.ts";

const REQUEST = {
  name: "ChatRequest",
  fields: {
    model: "string",
    messages: "[]api.Message",
    stream: "bool",
    options: "map[string]interface {}",
  },
};

interface ChatRequest extends Ask {
  readonly stream?: boolean | null;
}

export const chat: Handler = async (simulation, exchange) => {
  const { request, response, signal } = exchange;
  const ask = await readJson<ChatRequest>(request, REQUEST);
  if (!ask.model) throw new Refusal(400, "model is required");
  const model = findModel(simulation, ask.model);
  const counts = countsOf(simulation.tally, "/api/chat", model.name);
  counts.requests++;
  checkAsk(ask, model, counts, "chat");

  const line = (piece: Piece): object => ({
    model: ask.model,
    created_at: timestamp(),
    message: messageOf(piece),
    done: false,
  });

  if (!ask.messages?.length) {
    const time = keepAlive(ask.keep_alive);
    const done_reason = await loadOnly(simulation, model, counts, time, signal);
    sendJson(response, { ...line({}), done: true, done_reason });
    return;
  }

  const streams = ask.stream ?? true;
  const pieces: Piece[] = [];
  const figures = await run(simulation, jobOf(ask, model, counts), signal, async (piece) => {
    if (!streams) pieces.push(piece);
    else if (isVisible(piece)) await writeLine(exchange, line(piece));
  });
  const last = {
    ...line(joinPieces(pieces)),
    done: true,
    done_reason: figures.doneReason,
    ...figuresFields(figures),
  };
  if (!streams) return sendJson(response, last);
  await writeLine(exchange, last);
  response.end();
};

function messageOf({ content = "", thinking, toolCalls }: Piece): object {
  return { role: "assistant", content, thinking, tool_calls: toolCalls };
}
