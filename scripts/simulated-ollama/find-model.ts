import { fullName, modelKey } from "./model-name.ts";
import type { Capability, Model } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { Simulation } from "./simulation.ts";

/** How a route says that it does not know a model. */
type Complaint = (name: string) => string;

const plainly: Complaint = (name) => `model '${name}' not found`;

export function findModel(
  simulation: Simulation,
  name: string,
  complaint: Complaint = plainly,
): Model {
  const model = simulation.models.get(modelKey(name));
  if (model === undefined) throw new Refusal(404, complaint(name));
  return model;
}

/** `purpose` is what the refusal calls the capability: "chat", "generate", "thinking", "tools". */
export function requireCapability(
  model: Model,
  asked: string,
  capability: Capability,
  purpose: string,
): void {
  if (model.capabilities.includes(capability)) return;
  const subject = capability === "tools" ? fullName(asked) : JSON.stringify(asked);
  throw new Refusal(400, `${subject} does not support ${purpose}`);
}
