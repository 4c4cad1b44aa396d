import type { Dialect } from "./dialect.ts";
import { ollamaChat } from "./ollama-chat.ts";

/** The APIs whose answers are measured; a new one is its file and its row. */
const DIALECTS: readonly Dialect[] = [ollamaChat];

export function findDialect(method: string, path: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.path === path && dialect.method === method);
}
