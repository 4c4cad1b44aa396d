import type { Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { keepAlive } from "../keep-alive.ts";
import type { Model } from "../model.ts";
import { textTokens } from "../prompt-tokens.ts";
import { createRandom, seedOf } from "../random.ts";
import { sendJson } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { type Figures, run } from "../run.ts";
import { type CountedPath, countsOf } from "../tally.ts";
import { Refusal } from "../refusal.ts";
import type { Simulation } from "../simulation.ts";

interface EmbedRequest {
  readonly model?: string;
  readonly input?: string | readonly string[] | null;
  readonly prompt?: string | null;
  readonly keep_alive?: unknown;
}

export const missing = (name: string): string => `model "${name}" not found, try pulling it first`;

export const embed: Handler = async (simulation, { request, response, signal }) => {
  const body = await readJson<EmbedRequest>(request, {
    name: "EmbedRequest",
    fields: { model: "string" },
  });
  const model = findModel(simulation, body.model ?? "", missing);
  const inputs = body.input ? [body.input].flat() : [];
  const figures = await readInputs(
    simulation,
    "/api/embed",
    model,
    inputs,
    body.keep_alive,
    signal,
  );
  const embeddings = inputs.map((input) => vectorOf(model, input));
  const count = inputs.length > 0 && {
    total_duration: figures.totalDuration,
    load_duration: figures.loadDuration,
    prompt_eval_count: figures.promptTokens,
  };
  sendJson(response, { model: body.model, embeddings, ...count });
};

/** The older route: one prompt, and neither counts nor durations. */
export const embeddings: Handler = async (simulation, { request, response, signal }) => {
  const body = await readJson<EmbedRequest>(request, {
    name: "EmbeddingRequest",
    fields: { model: "string", prompt: "string" },
  });
  if (!body.model) throw new Refusal(400, "model is required");
  const model = findModel(simulation, body.model, missing);
  const inputs = body.prompt ? [body.prompt] : [];
  await readInputs(simulation, "/api/embeddings", model, inputs, body.keep_alive, signal);
  sendJson(response, { embedding: inputs.flatMap((input) => vectorOf(model, input)) });
};

export function readInputs(
  simulation: Simulation,
  path: CountedPath,
  model: Model,
  inputs: readonly string[],
  time: unknown,
  signal: AbortSignal,
): Promise<Figures> {
  const counts = countsOf(simulation.tally, path, model.name);
  counts.requests++;
  // "sky" is two tokens in `embed-one`: each input has one of its own.
  const promptTokens = inputs.reduce((sum, input) => sum + textTokens(input) + 1, 0);
  const rest = { pieces: [], limit: Infinity, keepAlive: keepAlive(time), seed: seedOf(inputs) };
  return run(simulation, { model, counts, promptTokens, ...rest }, signal, () => {});
}

/** A vector of length 1 with the digits of a 32-bit float. */
export function vectorOf(model: Model, input: string): number[] {
  const random = createRandom(seedOf([model.digest, input]));
  const raw = Array.from({ length: model.embeddingLength }, () => random() - 0.5);
  const length = Math.hypot(...raw);
  return raw.map((part) => Number((part / length).toPrecision(8)));
}
