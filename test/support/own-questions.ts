import type { Socket } from "node:net";
import { VERSION } from "../../src/version.ts";
import type { HttpMessage } from "./http-message.ts";
import { answerOf } from "./raw-upstream.ts";

type Head = Pick<HttpMessage, "startLine" | "fields">;

const ANSWERS: ReadonlyMap<string, string> = new Map([
  ["GET /api/version HTTP/1.1", '{"version":"0.24.0"}'],
  ["GET /api/ps HTTP/1.1", '{"models":[]}'],
  ["GET /api/tags HTTP/1.1", '{"models":[]}'],
]);

/** What an Ollama without models answers to what the exporter asks for itself; undefined for all else. */
export function ownAnswer({ startLine, fields }: Head): string | undefined {
  if (!isOwnQuestion({ fields })) return undefined;
  const body = ANSWERS.get(startLine);
  // Its connection is never used again.
  const close = { fields: ["Connection: close"] };
  if (body !== undefined) return answerOf(body, close);
  return answerOf("404 page not found", { status: "404 Not Found", ...close });
}

/** Whether the exporter asks this for itself: at its start, or for a page of metrics. */
export function isOwnQuestion({ fields }: Pick<Head, "fields">): boolean {
  const agent = fields.find(([name]) => name.toLowerCase() === "user-agent");
  return agent?.[1] === `ollama-exporter/${VERSION}`;
}

/** Answers what the exporter asks for itself, and tells whether it was that. */
export function answerOwnQuestion({
  request,
  socket,
}: {
  readonly request: Head;
  readonly socket: Socket;
}): boolean {
  const answer = ownAnswer(request);
  if (answer !== undefined) socket.end(answer);
  return answer !== undefined;
}
