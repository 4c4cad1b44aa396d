import type { Handler } from "../exchange.ts";
import { findModel } from "../find-model.ts";
import { Refusal } from "../refusal.ts";
import { sendOpenAi } from "../reply.ts";
import { readJson } from "../request-body.ts";
import { missing, readInputs, vectorOf } from "./embed.ts";

interface EmbeddingsRequest {
  readonly model?: string;
  readonly input?: string | readonly string[] | null;
  readonly encoding_format?: string | null;
}

export const openaiEmbeddings: Handler = async (simulation, { request, response, signal }) => {
  const body = await readJson<EmbeddingsRequest>(request, {
    name: "EmbedRequest",
    fields: { model: "string" },
  });
  const inputs = body.input ? [body.input].flat() : [];
  if (inputs.length === 0) throw new Refusal(400, "invalid input");
  const model = findModel(simulation, body.model ?? "", missing);
  const figures = await readInputs(simulation, "/v1/embeddings", model, inputs, null, signal);
  const data = inputs.map((input, index) => {
    const vector = vectorOf(model, input);
    const embedding = body.encoding_format === "base64" ? base64(vector) : vector;
    return { object: "embedding", embedding, index };
  });
  const { promptTokens } = figures;
  const usage = { prompt_tokens: promptTokens, total_tokens: promptTokens };
  sendOpenAi(response, { object: "list", data, model: body.model, usage });
};

/** 32-bit floats, little-endian. */
function base64(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString("base64");
}
