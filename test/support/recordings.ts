import { readFileSync } from "node:fs";

/** One exchange with a real Ollama, byte for byte. */
export interface Recording {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** One per read of the socket: milliseconds since the request, offset in the response. */
  readonly segments: readonly (readonly [ms: number, offset: number])[];
  /** False where the answer was cut. */
  readonly complete: boolean;
  readonly note: string;
  /** Request line to body. */
  readonly request: Buffer;
  /** Status line to last chunk, framing included. */
  readonly response: Buffer;
}

const FOLDER = new URL("../fixtures/recordings/", import.meta.url);

type Row = Omit<Recording, "request" | "response">;

/** All of them, in the order in which they were made. */
export function recordings(): Recording[] {
  const rows = JSON.parse(String(fileOf("index.json"))) as Row[];
  return rows.map(({ name, method, path, status, segments, complete, note }) => ({
    name,
    method,
    path,
    status,
    segments,
    complete,
    note,
    request: fileOf(`${name}.request`),
    response: fileOf(`${name}.response`),
  }));
}

function fileOf(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER));
}
