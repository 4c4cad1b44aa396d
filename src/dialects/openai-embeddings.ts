import type { Dialect } from "./dialect.ts";
import { objectScanner } from "./object-scanner.ts";
import { openaiFigures } from "./openai-figures.ts";

/** `POST /v1/embeddings`: never streamed. */
export const openaiEmbeddings: Dialect = {
  api: "openai",
  method: "POST",
  path: "/v1/embeddings",
  clock: "ours",
  read: (_, tell) =>
    objectScanner({ arrays: 0, answer: ({ usage }) => openaiFigures(usage) }, tell),
};
