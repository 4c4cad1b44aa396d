import type { Handler } from "../handler.ts";

/**
 * A handler whose answers end their connections once the end has begun, so that no client writes its next
 * request into the moment in which the listener closes.
 */
export function closing(handler: Handler, isDraining: () => boolean): Handler {
  return async (request, connection) => {
    const answer = await handler(request, connection);
    if (isDraining()) answer.headers.set("connection", "close");
    return answer;
  };
}
