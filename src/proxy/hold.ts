import { contentLength } from "./headers.ts";
import { nextTurn } from "../next-turn.ts";
import type { Outgoing } from "./upstream.ts";

/** Bytes that all held requests may have in memory together. */
export interface Budget {
  /** False, and nothing taken, if that much is not left. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createBudget(most: number): Budget {
  let left = most;
  return {
    take(wanted) {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
    give(bytes) {
      left += bytes;
    },
  };
}

/** A request body of which the first part has been read. */
export interface Held {
  /** What was read and has not been sent. */
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /**
   * `all`: the whole body is here. `enough`: the caller needed no more. `over`: a limit was met.
   * `left`: the client went away.
   */
  readonly how: "all" | "enough" | "over" | "left";
  /** All of the body, what was read included, to be sent once. */
  readonly body: Outgoing["body"];
  /** Gives back what is still held; called when the exchange is over, sent or not. */
  release(): void;
}

/** Bytes of one request. */
const MOST_PER_REQUEST = 64 * 1024 * 1024;

/** Bytes of a chunked body that goes out whole, with its end. */
const MOST_WHOLE = 1024 * 1024;

/** Reads the body of a request until `enough` is true of the chunks so far. Never rejects. */
export async function hold(
  request: Request,
  budget: Budget,
  enough: (chunk: Uint8Array) => boolean,
): Promise<Held> {
  const length = contentLength(request.headers);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let held = 0;
  const release = (): void => {
    budget.give(held);
    held = 0;
  };
  // By then a small body is complete in Bun, which makes reading it 25 µs cheaper.
  await nextTurn();
  if (request.body === null) return { chunks, how: "all", body: null, release };

  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = request.body.getReader();
  /** A read that is under way, whose chunk comes next. */
  let next: ReturnType<typeof reader.read> | undefined;
  const read = async (): Promise<Held["how"]> => {
    for (;;) {
      let chunk: Uint8Array<ArrayBuffer> | undefined;
      try {
        chunk = (await reader.read()).value;
      } catch {
        return "left";
      }
      if (chunk === undefined) return bytes === (length ?? bytes) ? "all" : "left";
      chunks.push(chunk);
      bytes += chunk.byteLength;
      // Asked first: what others hold must not keep a request from being understood.
      const known = enough(chunk);
      const room = bytes <= MOST_PER_REQUEST && budget.take(chunk.byteLength);
      if (room) held += chunk.byteLength;
      if (bytes === length) return "all";
      if (!known && !room) return "over";
      if (!known) continue;
      if (length !== undefined || bytes > MOST_WHOLE || !room) return "enough";
      // The end of a short chunked body is mostly here already.
      next = reader.read();
      const step = await Promise.race([next.catch(() => {}), nextTurn()]);
      return step?.done ? "all" : "enough";
    }
  };

  const how = await read();
  const [only] = chunks;
  if (how === "all" && length !== undefined && chunks.length <= 1) {
    return { chunks, how, body: only ?? null, release };
  }
  if (how === "all" && length === undefined && bytes <= MOST_WHOLE) {
    return { chunks, how, body: chunks, release };
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Taken out, so that nothing keeps what has been sent.
        const chunk = chunks.shift();
        if (chunk) {
          const counted = Math.min(chunk.byteLength, held);
          held -= counted;
          budget.give(counted);
          controller.enqueue(chunk);
          return;
        }
        const { value } = await (next ?? reader.read());
        next = undefined;
        if (value) controller.enqueue(value);
        else controller.close();
      },
      async cancel(reason) {
        release();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { chunks, how, body, release };
}
