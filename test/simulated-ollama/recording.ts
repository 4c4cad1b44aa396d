import { connect } from "node:net";

/** An HTTP/1.1 answer taken apart. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** One for each HTTP chunk; a body with a length is one. */
  readonly chunks: readonly string[];
  readonly body: string;
}

const FOLDER = new URL("../fixtures/recordings/", import.meta.url);

function recordedRequest(name: string): Promise<Uint8Array> {
  return Bun.file(new URL(`${name}.request`, FOLDER)).bytes();
}

export async function recordedAnswer(name: string): Promise<Answer> {
  const bytes = await Bun.file(new URL(`${name}.response`, FOLDER)).bytes();
  const answer = parseAnswer(Buffer.from(bytes), await isHead(name));
  if (answer === undefined) throw new Error(`Cannot read "${name}": it is not complete`);
  return answer;
}

/** Sends a recorded request to another server, byte for byte. */
export async function replay(name: string, port: number): Promise<Answer> {
  const request = await recordedRequest(name);
  const head = await isHead(name);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let received = Buffer.alloc(0);
  const socket = connect(port, "127.0.0.1", () => socket.write(request));
  socket.on("error", reject);
  socket.on("close", () => reject(new Error(`Cannot finish "${name}": the connection closed`)));
  socket.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    const answer = parseAnswer(received, head);
    if (answer !== undefined) resolve(answer);
  });
  return promise.finally(() => socket.destroy());
}

async function isHead(name: string): Promise<boolean> {
  const request = await recordedRequest(name);
  return Buffer.from(request).toString("latin1", 0, 5) === "HEAD ";
}

/** Undefined while something is missing. */
function parseAnswer(bytes: Buffer, head: boolean): Answer | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)] as const;
  });
  const chunks = head ? [] : chunksOf(bytes.subarray(end + 4), headers);
  if (chunks === undefined) return undefined;
  return { status: Number(statusLine.split(" ")[1]), headers, chunks, body: chunks.join("") };
}

function chunksOf(body: Buffer, headers: Answer["headers"]): string[] | undefined {
  const length = headers.find(([name]) => name === "Content-Length")?.[1];
  if (length !== undefined)
    return body.length < Number(length) ? undefined : [body.toString("utf8", 0, Number(length))];
  const chunks: string[] = [];
  for (let offset = 0; ;) {
    const lineEnd = body.indexOf("\r\n", offset);
    const size = Number.parseInt(body.toString("latin1", offset, lineEnd), 16);
    if (lineEnd === -1 || body.length < lineEnd + 2 + size + 2) return undefined;
    if (size === 0) return chunks;
    chunks.push(body.toString("utf8", lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
}
