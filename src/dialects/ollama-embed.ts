import type { Dialect } from "./dialect.ts";
import { objectScanner } from "./object-scanner.ts";
import { ollamaFigures } from "./ollama-figures.ts";

/** `POST /api/embed`: never streamed, and megabytes of vectors before its figures. */
export const ollamaEmbed: Dialect = {
  api: "embed",
  method: "POST",
  path: "/api/embed",
  clock: "ollama",
  read: (_, tell) => objectScanner({ arrays: 0, answer: ollamaFigures }, tell),
};
