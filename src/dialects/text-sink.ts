import { once } from "node:events";
import type { Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createZstdDecompress } from "node:zlib";
import type { Scanner } from "./dialect.ts";

/** Takes the bytes of an answer and shows their text to a scanner. Never throws or rejects. */
export interface TextSink {
  /** A promise where the bytes have to be waited for before more come. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  close(): void;
  /** Resolves when the scanner has seen everything: false if the compression or the scanner failed. */
  readonly scanned: Promise<boolean>;
}

const gunzip = (): Transform => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });

/** One for each Content-Encoding that can be read; what is cut short is read up to the cut. */
const DECOMPRESSORS = new Map<string, () => Transform>([
  ["gzip", gunzip],
  // Means the same, RFC 9110 §8.4.1.3.
  ["x-gzip", gunzip],
  ["br", () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })],
  ["zstd", () => createZstdDecompress({ finishFlush: constants.ZSTD_e_flush })],
]);

/** For the bytes of a body with this Content-Encoding, empty for none; undefined if it cannot be read. */
export function createTextSink(encoding: string, scanner: Scanner): TextSink | undefined {
  const name = encoding.toLowerCase();
  if (name === "" || name === "identity") return plain(scanner);
  const decompressor = DECOMPRESSORS.get(name)?.();
  return decompressor && decompressing(decompressor, plain(scanner));
}

/**
 * Bytes that are scanned together: one chunk at a time, decoder and scanner cost a third of what
 * the passing on costs. They are copied, since chunks that are kept alive cost more memory than their
 * bytes; with 16 KiB, 2,000 busy streams took 40 MB more and no less time.
 */
const BATCH = 4 * 1024;

function plain(scanner: Scanner): TextSink {
  const text = new TextDecoderStream();
  const writer = text.writable.getWriter();
  // Only a broken decoder makes these reject, and then `scanned` tells of it.
  writer.closed.catch(ignore);
  let batch: Uint8Array<ArrayBuffer> | undefined;
  let bytes = 0;
  const feed = (part: Uint8Array<ArrayBuffer>): void => void writer.write(part).catch(ignore);
  const flush = (): void => {
    if (batch) feed(batch.subarray(0, bytes));
    batch = undefined;
    bytes = 0;
  };
  return {
    write(chunk) {
      const atOnce = scanner.eager || chunk.byteLength > BATCH;
      if (atOnce || bytes + chunk.byteLength > BATCH) flush();
      if (atOnce) {
        // A body's chunk is never shared memory, the one thing that the decoder refuses.
        feed(chunk as Uint8Array<ArrayBuffer>);
        return undefined;
      }
      batch ??= new Uint8Array(BATCH);
      batch.set(chunk, bytes);
      bytes += chunk.byteLength;
      return undefined;
    },
    close() {
      flush();
      writer.close().catch(ignore);
    },
    scanned: scan(text.readable, scanner).catch(() => false),
  };
}

function decompressing(decompressor: Transform, inner: TextSink): TextSink {
  const { promise: sound, resolve } = Promise.withResolvers<boolean>();
  const over = (how: boolean): void => {
    inner.close();
    resolve(how);
  };
  decompressor.on("data", inner.write);
  decompressor.once("error", () => over(false));
  decompressor.once("end", () => over(true));
  return {
    write(chunk) {
      if (decompressor.destroyed || decompressor.write(chunk)) return undefined;
      return once(decompressor, "drain").then(ignore, ignore);
    },
    close: () => void decompressor.end(),
    scanned: Promise.all([sound, inner.scanned]).then((all) => all.every(Boolean)),
  };
}

/** Shows a scanner all of a text; false if the scanner threw, which ends its part. */
async function scan(text: ReadableStream<string>, scanner: Scanner): Promise<boolean> {
  let sound = true;
  const guarded = (step: () => void): void => {
    if (!sound) return;
    try {
      step();
    } catch {
      sound = false;
    }
  };
  // Read to the end even so: text that nobody takes would pile up.
  for await (const piece of text) guarded(() => scanner.push(piece));
  guarded(() => scanner.end());
  return sound;
}

function ignore(): void {}
