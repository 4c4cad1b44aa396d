import type { Ending } from "../exchange.ts";
import { nextTurn } from "../next-turn.ts";
import { beginSmallBody } from "./small-body.ts";

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

/** Bun's server waits for more before it sends so few bytes; the mark was measured below 300. */
const SHORT_BODY = 1024;

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

  const beginning = await beginSmallBody(reader, length);
  const { chunks, whole } = beginning;
  if (whole) {
    for (const chunk of chunks) show(chunk);
    end("complete");
    return allOf(chunks, received);
  }
  let { next } = beginning;

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let chunk = chunks.shift();
        if (chunk === undefined) {
          try {
            if (backlog) await backlog;
            chunk = (await (next ?? reader.read())).value;
            next = undefined;
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
function allOf(chunks: readonly Uint8Array[], bytes: number): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    },
    { highWaterMark: bytes + 1, size: (part) => part?.byteLength ?? 0 },
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
