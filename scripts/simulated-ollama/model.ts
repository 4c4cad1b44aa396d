export type Capability = "completion" | "embedding" | "thinking" | "tools" | "vision";

/** A model on the simulated disk. Sizes in bytes, speeds in milliseconds at pace 1. */
export interface Model {
  /** As `/api/tags` shows it: short, always with a tag. */
  readonly name: string;
  /** 64 hexadecimal digits; two names of one model share it. */
  readonly digest: string;
  readonly size: number;
  /** RFC 3339. */
  readonly modifiedAt: string;
  readonly family: string;
  readonly parameterCount: number;
  readonly parameterSize: string;
  readonly quantization: string;
  readonly capabilities: readonly Capability[];
  readonly layers: number;
  readonly embeddingLength: number;
  readonly contextLength: number;
  /** What `/api/ps` tells once it is loaded. */
  readonly memory: { readonly size: number; readonly vram: number; readonly contextLength: number };
  readonly speed: {
    readonly coldLoad: number;
    readonly token: number;
    readonly promptToken: number;
  };
  /** Fewest and most tokens of an answer that nothing cuts short; may be Infinity. */
  readonly answerTokens: readonly [number, number];
}
