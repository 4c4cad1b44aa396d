import type { Model } from "../../simulated-ollama/model.ts";
import type { Asking } from "../connection.ts";
import type { Visit } from "../clients.ts";
import { expectAnswer, expectThat, textOf } from "../expect.ts";
import { BUSY, CROWD } from "../models.ts";
import { expectReply, type Question, question } from "../question.ts";

export function asking(asked: object): Asking {
  return { path: "/api/chat", body: JSON.stringify(asked) };
}

export function crowdMember(turn: number): Model {
  return CROWD[turn % CROWD.length] as Model;
}

/** Two chats on one connection, as a client that stays. */
export const busyChats = (turn: number): Visit =>
  chats(BUSY[turn % BUSY.length] as Model, (model) => [
    question(model, turn, true),
    question(model, turn + 1, turn % 3 > 0),
  ]);

/** A chat with the next model of the crowd. */
export const crowdChat = (turn: number): Visit =>
  chats(crowdMember(turn), (model) => [question(model, turn, true)]);

/** The same, not streamed. */
export const plainChat = (turn: number): Visit =>
  chats(crowdMember(turn), (model) => [question(model, turn, false)]);

function chats(model: Model, ask: (model: Model) => readonly Question[]): Visit {
  return async ({ askAll, counts }) => {
    const asked = ask(model);
    const answers = await askAll(asked.map(asking));
    counts.answered += answers.filter(({ whole, status }) => whole && status === 200).length;
    for (const [index, answer] of answers.entries()) {
      expectReply(answer, asked[index] as Question, model);
    }
  };
}

/** A model that nobody has and nobody has asked for before. */
export const strangersName =
  (turn: number): Visit =>
  async ({ ask }) => {
    const model = `stranger-${turn}`;
    const answer = await ask(asking({ model, messages: [] }));
    expectAnswer(answer, 404, `{"error":"model '${model}' not found"}`);
  };

/** A request without a readable model. */
export const unreadableChat =
  (): Visit =>
  async ({ ask }) => {
    const answer = await ask({ path: "/api/chat", body: `{"model":` });
    expectAnswer(answer, 400);
    expectThat(textOf(answer).startsWith(`{"error":`), "no error of Ollama's");
  };
