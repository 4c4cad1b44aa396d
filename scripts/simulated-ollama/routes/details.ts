import type { Model } from "../model.ts";

/** What tags, ps and show say in the same words. */
export function details(model: Model, parent = ""): object {
  return {
    parent_model: parent,
    format: "gguf",
    family: model.family,
    families: [model.family],
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
  };
}
