/** The APIs of Ollama in which clients ask for an answer, as `--observe` names them. */
export const APIS = ["chat", "generate", "embed", "openai", "anthropic"] as const;
export type Api = (typeof APIS)[number];
