import { createModelFinder } from "../../src/dialects/model-finder.ts";

export interface Found {
  readonly model: string | undefined;
  /** What the finder said of the last bytes. */
  readonly known: boolean;
  readonly length: number | undefined;
}

/** Shows a request body to the finder in these pieces, to the end whether it wants them or not. */
export function findModel(chunks: Iterable<string | Uint8Array>): Found {
  const finder = createModelFinder();
  let known = false;
  for (const chunk of chunks) {
    known = finder.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  }
  return { model: finder.model, known, length: finder.length };
}
