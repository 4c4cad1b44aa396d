import type { Handler } from "../exchange.ts";
import { modelKey, shortName } from "../model-name.ts";
import { Refusal } from "../refusal.ts";
import { readJson } from "../request-body.ts";
import { timestamp } from "../timestamp.ts";
import { type Progress, PULL_FAILURE, sendProgress } from "./progress.ts";

interface CreateRequest {
  readonly model?: string;
  readonly name?: string;
  readonly from?: string;
  readonly stream?: boolean | null;
}

/** A model made from another: its layers and one of its own. */
export const create: Handler = async (simulation, exchange) => {
  const body = await readJson<CreateRequest>(exchange.request, {
    name: "CreateRequest",
    fields: { model: "string", name: "string", from: "string", stream: "bool" },
  });
  const name = body.model || body.name;
  if (!name) throw new Refusal(400, "invalid model name");
  if (!body.from) throw new Refusal(400, "neither 'from' or 'files' was specified");
  const base = simulation.models.get(modelKey(body.from));
  if (base === undefined) {
    // Ollama tries to pull what it does not have.
    await sendProgress(simulation, exchange, PULL_FAILURE, body.stream);
    return;
  }
  const digest = new Bun.CryptoHasher("sha256").update(JSON.stringify(body)).digest("hex");
  const lines: Progress[] = [
    { status: `using existing layer sha256:${base.digest}` },
    { status: `creating new layer sha256:${digest}` },
    { status: "writing manifest" },
    { status: "success" },
  ];
  await sendProgress(simulation, exchange, lines, body.stream);
  const model = { ...base, name: shortName(name), digest, modifiedAt: timestamp() };
  simulation.models.set(modelKey(name), model);
};
