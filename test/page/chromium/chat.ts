/** Has a chat with a model; resolves when it is over. */
export async function chat(url: string, model: string): Promise<void> {
  const messages = [{ role: "user", content: "Hello" }];
  const body = JSON.stringify({ model, messages });
  await (await fetch(`${url}/api/chat`, { method: "POST", body })).text();
}
