const MODELS = ["llama3.2", "qwen3:8b", "LLAMA3.2:latest"] as const;
const QUESTIONS = ["Why is the sky blue?", "Tell me a short story.", "What is 6 times 7?"] as const;

/** Sends one chat after the other until it is aborted; every third is not streamed. */
export async function chatOn(url: string, signal: AbortSignal): Promise<void> {
  for (let count = 0; !signal.aborted; count++) {
    const request = {
      model: MODELS[count % MODELS.length],
      messages: [{ role: "user", content: QUESTIONS[count % QUESTIONS.length] }],
      stream: count % 3 !== 2,
      options: { num_predict: 8 + ((count * 7) % 24) },
    };
    try {
      const answer = await fetch(`${url}/api/chat`, {
        method: "POST",
        body: JSON.stringify(request),
        signal,
      });
      await answer.arrayBuffer();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
