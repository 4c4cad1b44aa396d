import type { Dialect } from "./dialect.ts";
import { ollamaChat } from "./ollama-chat.ts";

/** The APIs that can be measured; a new one is its file and its row. */
const DIALECTS: readonly Dialect[] = [ollamaChat];

/** The dialect of a request; undefined for what is no inference. */
export function findDialect(method: string, path: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.path === path && dialect.method === method);
}
