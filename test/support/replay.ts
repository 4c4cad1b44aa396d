import { type HttpMessage, parseMessage } from "./http-message.ts";
import { exchange, openRawClient } from "./raw-client.ts";
import { type Recording, recordings } from "./recordings.ts";
import type { ReplayUpstream } from "./replay-upstream.ts";

/** The recording of that name. */
export function recordingOf(name: string): Recording {
  const found = recordings().find((recording) => recording.name === name);
  if (found === undefined) throw new Error(`there is no recording ${name}`);
  return found;
}

/** The recorded answer as a message; of a cut one, what had come. */
export function recordedMessage({ method, complete, response }: Recording): HttpMessage {
  const whole = complete ? response : Buffer.concat([response, LAST_CHUNK]);
  const answer = parseMessage(whole, { kind: "response", method });
  if (answer === undefined) throw new Error("the recording has no complete answer");
  return answer;
}

const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/** What a client has of a chunked answer that is not complete; undefined within a chunk. */
export function cutAnswer(received: Buffer): HttpMessage | undefined {
  return parseMessage(Buffer.concat([received, LAST_CHUNK]), { kind: "response" });
}

/** Does a recorded exchange once more, through a proxy in front of the upstream. */
export async function replay(
  url: string,
  upstream: ReplayUpstream,
  recording: Recording,
  borders?: readonly number[],
): Promise<HttpMessage> {
  upstream.next(recording, borders);
  return exchange(url, recording.request);
}

/**
 * Does a recorded exchange that was cut once more. Whoever cut it does so when the client has what
 * was recorded. Gives all bytes that the client has received.
 */
export async function replayCut(
  url: string,
  upstream: ReplayUpstream,
  recording: Recording,
): Promise<Buffer> {
  const { body } = recordedMessage(recording);
  upstream.next(recording);
  using client = openRawClient(url, recording.request);
  await client.until((received) => (cutAnswer(received)?.body.length ?? 0) >= body.length);
  const leaving = recording.name === "chat-aborted" ? client : upstream.visits.at(-1);
  leaving?.socket.destroy();
  return await client.closed;
}
