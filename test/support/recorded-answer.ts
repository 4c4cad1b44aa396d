import { fieldValues, parseMessage } from "./http-message.ts";
import { type Recording, recordings } from "./recordings.ts";

export interface RecordedAnswer {
  readonly contentType: string;
  /** Without the framing; of an answer that was cut, all up to the cut. */
  readonly body: Buffer;
}

const LAST_CHUNK = "0\r\n\r\n";

export function recordedAnswer({ name, complete, response }: Recording): RecordedAnswer {
  // Those that were cut were cut between two chunks.
  const whole = complete ? response : Buffer.concat([response, Buffer.from(LAST_CHUNK)]);
  const message = parseMessage(whole, { kind: "response" });
  if (message === undefined) throw new Error(`the answer of ${name} cannot be read`);
  return { contentType: fieldValues(message, "content-type")[0] ?? "", body: message.body };
}

/** The chat answers that are read: those with status 200. */
export function recordedChats(): Recording[] {
  return recordings().filter(
    ({ method, path, status }) => method === "POST" && path === "/api/chat" && status === 200,
  );
}
