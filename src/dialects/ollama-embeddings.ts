import type { Dialect } from "./dialect.ts";
import { objectScanner } from "./object-scanner.ts";

/** `POST /api/embeddings`, the older route: one vector and no figures. */
export const ollamaEmbeddings: Dialect = {
  api: "embed",
  method: "POST",
  path: "/api/embeddings",
  clock: "ours",
  read: (_, tell) => objectScanner({ arrays: 0, answer: () => ({}) }, tell),
};
