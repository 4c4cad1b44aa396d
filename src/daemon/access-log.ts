import type { Ending, Exchange } from "../exchange.ts";
import type { Log } from "../log.ts";

/** Characters of a path that are logged. */
const MOST_PATH = 200;

/** One line about a finished request: never its query, its content or its headers. */
export function logExchange(tell: Log["info"], exchange: Exchange, ending: Ending): void {
  const { arrivedAt, firstTokenAt, answer } = exchange;
  tell("request", {
    client: exchange.client,
    method: exchange.method,
    path: loggable(exchange.path),
    model: exchange.model,
    status: exchange.status,
    outcome: ending,
    prompt_tokens: answer?.promptTokens,
    generated_tokens: answer?.generatedTokens,
    first_token_seconds: firstTokenAt && inSeconds(firstTokenAt - arrivedAt),
    total_seconds: inSeconds(performance.now() - arrivedAt),
  });
}

/** What follows a `#`, which goes upstream as `%23`, may be as private as a query. */
function loggable(path: string): string {
  return (path.split("%23")[0] ?? "").slice(0, MOST_PATH);
}

function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
