import type { LoadedModel } from "../ollama-state.ts";
import { amount } from "./amount.ts";
import { expiry } from "./expiry.ts";
import { listed } from "./listed.ts";

/** What `/api/ps` says; undefined if it cannot be read. A model lacks what is not told of it. */
export function loadedModels(json: unknown): LoadedModel[] | undefined {
  const now = Date.now();
  return listed(json, (model, fields) => {
    const sizeBytes = amount(fields["size"]);
    const vramBytes = amount(fields["size_vram"]);
    const expiresAt = expiry(fields["expires_at"], now);
    const contextTokens = amount(fields["context_length"]);
    return {
      model,
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(vramBytes !== undefined && { vramBytes }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(contextTokens !== undefined && { contextTokens }),
    };
  });
}
