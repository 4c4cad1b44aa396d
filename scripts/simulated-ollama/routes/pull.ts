import { DEFAULT_MODELS } from "../default-models.ts";
import type { Handler } from "../exchange.ts";
import type { Model } from "../model.ts";
import { modelKey, shortName } from "../model-name.ts";
import { Refusal } from "../refusal.ts";
import { readJson } from "../request-body.ts";
import { timestamp } from "../timestamp.ts";
import { type Progress, PULL_FAILURE, sendProgress } from "./progress.ts";

const STEPS = 10;

interface PullRequest {
  readonly model?: string;
  readonly name?: string;
  readonly stream?: boolean | null;
}

/** Any name can be pulled but those that begin with `unknown-`. */
export const pull: Handler = async (simulation, exchange) => {
  const body = await readJson<PullRequest>(exchange.request, {
    name: "PullRequest",
    fields: { model: "string", name: "string", stream: "bool" },
  });
  const name = body.model || body.name;
  if (!name) throw new Refusal(400, "invalid model name");
  if (modelKey(name).startsWith("unknown-"))
    return sendProgress(simulation, exchange, PULL_FAILURE, body.stream);
  const known = simulation.models.get(modelKey(name));
  const model = known ?? newModel(name);
  await sendProgress(simulation, exchange, download(model, known !== undefined), body.stream);
  simulation.models.set(modelKey(name), model);
};

function newModel(name: string): Model {
  const digest = new Bun.CryptoHasher("sha256").update(modelKey(name)).digest("hex");
  return { ...DEFAULT_MODELS[0], name: shortName(name), digest, modifiedAt: timestamp() };
}

function download(model: Model, isThere: boolean): Progress[] {
  const digest = `sha256:${model.digest}`;
  const total = model.size;
  const part = { status: `pulling ${model.digest.slice(0, 12)}`, digest, total };
  const parts = Array.from({ length: STEPS }, (_, step) => ({
    ...part,
    completed: Math.floor((total * (step + 1)) / STEPS),
  }));
  return [
    { status: "pulling manifest" },
    // Go leaves `completed` out while it is zero.
    ...(isThere ? [{ ...part, completed: total }] : [part, ...parts]),
    { status: "verifying sha256 digest" },
    { status: "writing manifest" },
    { status: "success" },
  ];
}
