import type { Outgoing } from "../../src/proxy/upstream.ts";

/** What goes upstream, as a Response can be made of it. */
export function bodyInit(body: Outgoing["body"]): BodyInit | null {
  if (body === null || body instanceof Uint8Array || body instanceof ReadableStream) return body;
  return new Blob([...body]);
}
