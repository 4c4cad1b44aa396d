import { setImmediate } from "node:timers";
import { promisify } from "node:util";
import type { Ending } from "../exchange.ts";

/** Gets to see the bytes of a body after the client has been given them. */
export interface Sink {
  /** A promise asks the tap to wait before it reads on, so that nothing piles up here. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  close(): void;
}

export interface TapOptions {
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
  /** The body's length in bytes where it is known. */
  readonly length: number | undefined;
  readonly sink: Sink | undefined;
  /** Called exactly once, before the client can see the end; not if the tap itself fails. */
  onEnd(ending: Ending): void;
}

/** Answers up to this many bytes wait for their first read, to go out with their length. */
const SMALL_BODY = 64 * 1024;

/** Bun's server waits for more before it sends so few bytes; the mark was measured below 300. */
const SHORT_BODY = 1024;

const nextTurn = promisify(setImmediate);

/**
 * Passes a body on chunk by chunk and shows each to the sink afterwards. It reads only when the
 * client wants more, so a slow client slows the upstream and memory stays flat; `tee()` would
 * buffer without bound for it.
 *
 * @throws what the first read throws, if the body is small and breaks before it.
 */
export async function tap(
  body: ReadableStream<Uint8Array>,
  { signal, length, sink, onEnd }: TapOptions,
): Promise<ReadableStream<Uint8Array>> {
  const reader = body.getReader();
  let received = 0;
  let backlog: Promise<void> | undefined;
  let ended = false;

  // A cancel may be followed by an error or a false end: the first one is the true one.
  const end = (ending: Ending): void => {
    if (ended) return;
    ended = true;
    sink?.close();
    onEnd(ending);
  };
  const left = (): Ending => (received === length ? "complete" : "client_abort");
  const show = (chunk: Uint8Array): void => {
    received += chunk.byteLength;
    backlog = sink?.write(chunk);
  };

  let first: Uint8Array | undefined;
  if (length !== undefined && length <= SMALL_BODY) {
    first = (await reader.read()).value;
    if ((first?.byteLength ?? 0) === length) {
      if (first) show(first);
      end("complete");
      return whole(first);
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let chunk = first;
        first = undefined;
        if (chunk === undefined) {
          try {
            if (backlog) await backlog;
            chunk = (await reader.read()).value;
          } catch (error) {
            end(signal.aborted ? left() : "truncated");
            controller.error(error);
            return;
          }
        }
        if (chunk === undefined) {
          // Bun would give a short chunked answer a length if it ended within this turn.
          if (length === undefined && received < SHORT_BODY) await nextTurn();
          end(signal.aborted ? left() : "complete");
          close(controller);
          return;
        }
        controller.enqueue(chunk);
        show(chunk);
      },
      async cancel(reason) {
        end(left());
        await reader.cancel(reason).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

/** Bun keeps the Content-Length of what fits below the mark and is complete when the head goes out. */
function whole(chunk: Uint8Array | undefined): ReadableStream<Uint8Array> {
  const highWaterMark = (chunk?.byteLength ?? 0) + 1;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (chunk) controller.enqueue(chunk);
        controller.close();
      },
    },
    { highWaterMark, size: (part) => part?.byteLength ?? 0 },
  );
}

/** Closing a stream that the client has just cancelled throws. */
function close(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // Nobody is left to tell.
  }
}
