/** What Ollama says of itself at one moment. A list is absent where it could not be had. */
export interface OllamaState {
  /** Whether it answered HTTP at all. */
  readonly up: boolean;
  readonly version?: string;
  /** The last question to each endpoint: whether its answer could be read. */
  readonly probes: ReadonlyMap<
    ProbedEndpoint,
    { readonly success: boolean; readonly seconds: number }
  >;
  /** In memory now; their `model` is a label. */
  readonly loaded?: readonly LoadedModel[];
  readonly installed?: readonly InstalledModel[];
}

export const PROBED_ENDPOINTS = ["ps", "tags", "version"] as const;
export type ProbedEndpoint = (typeof PROBED_ENDPOINTS)[number];

export interface LoadedModel {
  readonly model: string;
  readonly sizeBytes?: number;
  readonly vramBytes?: number;
  /** Unix seconds; Infinity for a model that stays. */
  readonly expiresAt?: number;
  readonly contextTokens?: number;
}

export interface InstalledModel {
  readonly model: string;
  readonly sizeBytes?: number;
  /** Absent where several models are told together. */
  readonly details?: ModelDetails;
}

/** Free text of whoever made the model: cut and cleaned before it comes here. */
interface ModelDetails {
  readonly family: string;
  readonly parameterSize: string;
  readonly quantization: string;
}
