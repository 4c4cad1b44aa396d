const MODEL = "llama3.2";

/** A chat whose answer comes line by line. */
export interface StreamedChat {
  /** The rest of it. Rejects if it is cut. */
  rest(): Promise<string>;
}

/** Begins a chat with an answer of so many tokens, and waits for its first line. */
export async function beginChat(url: string, tokens: number): Promise<StreamedChat> {
  const answer = await fetch(`${url}/api/chat`, {
    method: "POST",
    body: JSON.stringify({
      model: MODEL,
      messages: [{ role: "user", content: "Why is the sky blue?" }],
      options: { num_predict: tokens },
    }),
  });
  if (answer.status !== 200)
    throw new Error(`the chat got ${answer.status}: ${await answer.text()}`);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();
  return {
    async rest() {
      let text = "";
      for (let one = await reader.read(); !one.done; one = await reader.read()) text += one.value;
      return text;
    },
  };
}
