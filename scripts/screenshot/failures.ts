const EVERY_MS = 20_000;

/** Asks for a model that Ollama does not have, now and then, until it is aborted. */
export async function failOn(url: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify({ model: "mistral", messages: [] });
  for (;;) {
    const answer = await fetch(`${url}/api/chat`, { method: "POST", body });
    await answer.text();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, EVERY_MS);
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    if (signal.aborted) return;
  }
}
