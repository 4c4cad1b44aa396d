import { type Families, select, sum } from "../families.ts";
import { bytes, count, NONE, remaining } from "./format.ts";
import { tableOf } from "./table.ts";
import type { View } from "./view.ts";

const EXPIRY = "ollama_loaded_model_expiry_timestamp_seconds";
const SIZE = "ollama_loaded_model_size_bytes";

/** The models in memory, how much of each is on the GPU, and when it goes. */
export function loaded(): View {
  const table = tableOf("loaded");
  return ({ scrape: { families, serverAt } }) => {
    const samples = [...select(families, SIZE), ...select(families, EXPIRY)];
    const models = new Set(samples.map(({ labels }) => labels.get("model") ?? ""));
    const rows = [...models].toSorted().map((model) => {
      const { gpu, ...told } = memory(families, model);
      return [
        { text: model, foreign: true },
        told.size,
        { text: gpu.text, share: gpu.share },
        told.context,
        unloaded(sum(families, EXPIRY, { model }), serverAt / 1000),
      ];
    });
    table.draw(rows, nothing(families));
  };
}

function memory(families: Families, model: string) {
  const size = sum(families, SIZE, { model });
  const vram = sum(families, "ollama_loaded_model_vram_bytes", { model });
  const context = sum(families, "ollama_loaded_model_context_tokens", { model });
  const part = size !== undefined && size > 0 && vram !== undefined ? vram / size : undefined;
  return {
    size: bytes(size),
    // Never all of it unless it is all.
    gpu: { text: part === undefined ? NONE : `${Math.floor(part * 100)} %`, share: part },
    context: context === undefined ? NONE : `${count(context)} tokens`,
  };
}

/** When an idle model goes. Its time has passed only while it is busy. */
function unloaded(expiry: number | undefined, now: number): string {
  if (expiry === undefined) return NONE;
  if (expiry === Infinity) return "stays";
  return expiry <= now ? "busy" : `in ${remaining(expiry - now)}`;
}

function nothing(families: Families): string {
  return sum(families, "ollama_up") === 1
    ? "No model is loaded; the next request loads one."
    : "Ollama does not say.";
}
