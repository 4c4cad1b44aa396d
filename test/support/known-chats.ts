import { type ChatResponse, Ollama } from "ollama";

const MODELS = ["llama3.2", "qwen3:8b"] as const;

/** Has three chats with each of two models, half of them streamed; gives the final objects. */
export async function knownChats(url: string, topic: string): Promise<ChatResponse[]> {
  const client = new Ollama({ host: url });
  const finals: ChatResponse[] = [];
  for (const seed of [1, 2, 3]) {
    for (const model of MODELS) {
      const messages = [{ role: "user", content: `Tell me something about ${topic}.` }];
      const ask = { model, messages, options: { seed } };
      const whole = finals.length % 2 === 0;
      const parts = whole ? [] : await Array.fromAsync(await client.chat({ ...ask, stream: true }));
      finals.push(parts.at(-1) ?? (await client.chat({ ...ask, stream: false })));
    }
  }
  return finals;
}
