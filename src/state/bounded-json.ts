/** Bytes of an answer; 12,000 installed models. A larger one would keep the streams waiting. */
const MOST_BYTES = 4 * 1024 * 1024;

/** @throws for what is no JSON, is larger, or breaks off */
export async function boundedJson(body: ReadableStream<Uint8Array> | null): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new RangeError("The answer is too large");
    text += decoder.decode(chunk, { stream: true });
  }
  return JSON.parse(text + decoder.decode());
}
