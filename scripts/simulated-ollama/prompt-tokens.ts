export interface Message {
  readonly role?: string;
  /** A list of parts in the OpenAI dialect. */
  readonly content?: unknown;
  readonly images?: readonly unknown[];
}

const IMAGE = 576;
const TEMPLATE = 6;
const TEMPLATE_PER_MESSAGE = 4;

/** Words and signs, near enough to what a tokenizer counts. */
export function textTokens(text: string): number {
  return text.match(/\p{L}+|\p{N}|[^\s\p{L}\p{N}]/gu)?.length ?? 0;
}

/** 16 for "Why is the sky blue?", as in the recordings. */
export function promptTokens(messages: readonly Message[], tools: readonly unknown[] = []): number {
  let tokens = TEMPLATE;
  for (const { content = "", images = [] } of messages) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    tokens += TEMPLATE_PER_MESSAGE + textTokens(text) + images.length * IMAGE;
  }
  return tokens + (tools.length > 0 ? textTokens(JSON.stringify(tools)) : 0);
}
