import { type RawClient } from "../support/raw-client.ts";
import { parseMessage } from "../support/http-message.ts";
import type { Bystander } from "./arena.ts";

/** Longer than any exchange takes; whoever reaches it hangs. */
const MOST_MS = 10_000;

/**
 * Writes the pieces one by one and waits until the exporter has answered, closed the connection or
 * answered two others meanwhile, which says that it waits for more. Tells whether it has answered.
 */
export async function attack(
  client: RawClient,
  parts: readonly Buffer[],
  bystander: Bystander,
): Promise<boolean> {
  for (const part of parts) {
    client.socket.write(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  let moved = true;
  const answered = client
    .until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined || !moved)
    .catch(() => client.closed);
  const waited = (async () => {
    await bystander.ask();
    await bystander.ask();
    moved = false;
  })();
  await Promise.race([answered, waited]);
  await waited;
  return parseMessage(client.received(), { kind: "response" }) !== undefined;
}

/** Rejects if the exchange does not come to its end, with what is needed to have it again. */
export async function bounded<T>(exchange: Promise<T>, what: () => string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`it hangs: ${what()}`)), MOST_MS);
  try {
    return await Promise.race([exchange, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Marks by which answers are told apart. */
const MARK = /fuzz-[\da-f]{16}/g;

/** The same for the same number, and far from every other one. */
export function markOf(index: number): string {
  return `fuzz-${Bun.hash(String(index)).toString(16).padStart(16, "0")}`;
}

/** Puts a field with the mark right after the first line. */
export function marked(message: Buffer, mark: string): Buffer {
  const end = message.indexOf("\r\n");
  const field = Buffer.from(`\r\nX-Fuzz: ${mark}`);
  return Buffer.concat([message.subarray(0, end), field, message.subarray(end)]);
}

/** Marks in what a client has received that belong to others. */
export function foreignMarks(
  received: Buffer,
  own: ReadonlySet<string>,
  issued: ReadonlySet<string>,
): string[] {
  const found = received.toString("latin1").toLowerCase().match(MARK) ?? [];
  return found.filter((mark) => issued.has(mark) && !own.has(mark));
}
