import type { InstalledModel } from "../ollama-state.ts";
import { amount } from "./amount.ts";
import { cleanText } from "./clean-text.ts";
import { listed } from "./listed.ts";

/** What `/api/tags` says; undefined if it cannot be read. */
export function installedModels(json: unknown): InstalledModel[] | undefined {
  return listed(json, (model, { size, details }) => {
    const sizeBytes = amount(size);
    const told = (details ?? {}) as Readonly<Record<string, unknown>>;
    return {
      model,
      ...(sizeBytes !== undefined && { sizeBytes }),
      details: {
        family: cleanText(told["family"]),
        parameterSize: cleanText(told["parameter_size"]),
        quantization: cleanText(told["quantization_level"]),
      },
    };
  });
}
