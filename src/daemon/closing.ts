import type { Handler } from "../handler.ts";

/**
 * A handler whose answers to requests that come once the end has begun end their connections, so that no
 * client writes its next request into the moment in which the listener closes.
 */
export function closing(handler: Handler, isDraining: () => boolean): Handler {
  return (request, connection) => {
    const answer = handler(request, connection);
    return isDraining() ? answer.then(closed) : answer;
  };
}

function closed(answer: Response): Response {
  answer.headers.set("connection", "close");
  return answer;
}
