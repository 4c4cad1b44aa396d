import { DEFAULT_MODELS } from "../simulated-ollama/default-models.ts";
import type { Model } from "../simulated-ollama/model.ts";

const [LLAMA, THINKER, EMBEDDER] = DEFAULT_MODELS as readonly [Model, Model, Model];

/** Asked all the time, so that requests queue for them. */
export const BUSY: readonly [Model, Model] = [LLAMA, THINKER];

export const EMBEDDING = EMBEDDER;

/** More than the 120 that the exporter tells apart, so that its page gets as long as it can. */
const MANY = 220;

/** Asked in turn. */
export const CROWD: readonly Model[] = Array.from({ length: MANY }, (_, index) => {
  const name = `soak-${index}:latest`;
  const digest = new Bun.CryptoHasher("sha256").update(name).digest("hex");
  return { ...LLAMA, name, digest };
});

export const MODELS: readonly Model[] = [...BUSY, EMBEDDING, ...CROWD];
