import { recordingOf } from "../support/replay.ts";

export const BLOB_BYTES = 4 * 1024 * 1024;

/** `blob-bad-digest` with a body of so many bytes. */
export function blobUpload(): Buffer {
  const { request } = recordingOf("blob-bad-digest");
  const head = request.toString("latin1").replace(/Content-Length: \d+\r\n\r\n.*$/s, "");
  const length = `Content-Length: ${BLOB_BYTES}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head + length, "latin1"), Buffer.alloc(BLOB_BYTES, "blob")]);
}
