import { answer, type Tool } from "./answer.ts";
import { keepAlive } from "./keep-alive.ts";
import { requireCapability } from "./find-model.ts";
import { keep, load } from "./loaded.ts";
import type { Model } from "./model.ts";
import { type Message, promptTokens } from "./prompt-tokens.ts";
import { createRandom, seedOf } from "./random.ts";
import type { Job } from "./run.ts";
import type { Simulation } from "./simulation.ts";
import type { Counts } from "./tally.ts";

/** What chat, generate and the OpenAI dialect have in common, in the words of `/api/chat`. */
export interface Ask {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | null;
  readonly format?: unknown;
  readonly think?: boolean | string | null;
  readonly keep_alive?: unknown;
  readonly options?: { readonly seed?: number; readonly num_predict?: number } | null;
}

/** Refuses what the model lacks and what cannot be read. `purpose`: "chat" or "generate", as the refusal says. */
export function checkAsk(ask: Ask, model: Model, counts: Counts, purpose: string): void {
  try {
    requireCapability(model, ask.model, "completion", purpose);
    if (ask.tools?.length) requireCapability(model, ask.model, "tools", "tools");
    if (ask.think) requireCapability(model, ask.model, "thinking", "thinking");
    keepAlive(ask.keep_alive);
  } catch (error) {
    counts.refused++;
    throw error;
  }
}

/** The same ask gives the same answer, also from another route. */
export function jobOf(ask: Ask, model: Model, counts: Counts): Job {
  const { messages, options } = ask;
  const seed = seedOf([options?.seed ?? 0, model.name, messages.map(({ content }) => content)]);
  const limit = options?.num_predict ?? 0;
  const question = {
    // A model that can think does so unless told not to.
    thinks: Boolean(ask.think ?? model.capabilities.includes("thinking")),
    // With the tool's result at hand the model answers in words.
    tool: messages.at(-1)?.role === "tool" ? undefined : ask.tools?.[0],
    format: ask.format,
    length: model.answerTokens,
  };
  return {
    model,
    counts,
    promptTokens: promptTokens(messages, ask.tools ?? []),
    pieces: answer(question, createRandom(seed)),
    limit: limit > 0 ? limit : Infinity,
    keepAlive: keepAlive(ask.keep_alive),
    seed,
  };
}

/** What an ask without a prompt does; returns the `done_reason`. */
export async function loadOnly(
  simulation: Simulation,
  model: Model,
  counts: Counts,
  time: number,
  signal: AbortSignal,
): Promise<"load" | "unload"> {
  try {
    if (time === 0) keep(simulation, model, 0);
    else await load(simulation, model, time, 1, signal);
  } catch (error) {
    counts.aborted++;
    throw error;
  }
  counts.loads++;
  return time === 0 ? "unload" : "load";
}
