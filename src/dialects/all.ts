import { anthropicMessages } from "./anthropic-messages.ts";
import type { Dialect } from "./dialect.ts";
import { ollamaChat } from "./ollama-chat.ts";
import { ollamaEmbed } from "./ollama-embed.ts";
import { ollamaEmbeddings } from "./ollama-embeddings.ts";
import { ollamaGenerate } from "./ollama-generate.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiCompletions } from "./openai-completions.ts";
import { openaiEmbeddings } from "./openai-embeddings.ts";
import { openaiResponses } from "./openai-responses.ts";

/** The APIs that can be measured; a new one is its file and its row. */
const DIALECTS: readonly Dialect[] = [
  ollamaChat,
  ollamaGenerate,
  ollamaEmbed,
  ollamaEmbeddings,
  openaiChat,
  openaiCompletions,
  openaiResponses,
  openaiEmbeddings,
  anthropicMessages,
];

/** The dialect of a request; undefined for what is no inference. */
export function findDialect(method: string, path: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.path === path && dialect.method === method);
}
