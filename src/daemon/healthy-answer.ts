import { HEALTHY_TEXT } from "../routes/healthy.ts";
import { REALM } from "../routes/protected.ts";

/** Whether this answer to `/-/healthy` is an exporter's. Reads no more than is needed to tell. */
export async function isHealthyAnswer({ status, headers, body }: Response): Promise<boolean> {
  // It lives, and does not know who asks.
  if (status === 401) return headers.get("www-authenticate") === REALM;
  if (status !== 200) return false;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > HEALTHY_TEXT.length) break;
  }
  return text === HEALTHY_TEXT;
}
