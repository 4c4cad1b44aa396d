import { test } from "bun:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { Exchange } from "../support/differential.ts";
import { answering, bytesOf, chunked, headOf, requestHead, requestOf } from "../support/wire.ts";
import { onBunTargets } from "./stage.ts";

const KIB = 1024;
/**
 * With their head they come in one go: Linux sends what is more than half of the window, 32,741 bytes on
 * the loopback, before the rest of it is written.
 */
const SHORT = [0, 1, 255, 256, 257, 16 * KIB, 16 * KIB + 1, 31 * KIB] as const;
const LONG = [64 * KIB + 1, KIB * KIB, 10 * KIB * KIB] as const;
const SIZES = [...SHORT, 63 * KIB, 64 * KIB, ...LONG] as const;

/** Measured, and passed through. */
const PATHS = ["/api/chat", "/api/generate"] as const;

const OK = "HTTP/1.1 200 OK";

const upload = (path: string, fields: readonly string[], body: Buffer): Exchange => ({
  request: Buffer.concat([Buffer.from(requestHead("POST", path, fields)), body]),
});

const download = (path: string, fields: readonly string[], body: Buffer): Exchange => ({
  request: requestOf("POST", path, { body: '{"model":"m"}' }),
  script: answering(Buffer.concat([Buffer.from(headOf(OK, fields)), body])),
});

const CHUNKED = ["Transfer-Encoding: chunked"] as const;

/** Chunks as no client or server of Ollama's writes them. */
const ODD_CHUNKS: readonly (readonly [name: string, body: string])[] = [
  ["an extension", "2;a=b\r\nok\r\n0\r\n\r\n"],
  ["a quoted extension", '2;a="b;c"\r\nok\r\n0;d="e"\r\n\r\n'],
  ["leading zeros", "0002\r\nok\r\n000\r\n\r\n"],
  ["upper and lower case", `a\r\n${"x".repeat(10)}\r\nB\r\n${"y".repeat(11)}\r\n0\r\n\r\n`],
  ["one byte each", "1\r\na\r\n".repeat(300) + "0\r\n\r\n"],
];

const PACKED: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
  ["zstd", zstdCompressSync],
  ["deflate", deflateSync],
];

onBunTargets("A body", (stage) => {
  for (const path of PATHS) {
    test.each(SIZES)(`of %d bytes goes to ${path} with its length`, async (size) => {
      await stage.alike(upload(path, [`Content-Length: ${size}`], bytesOf(size)));
    });

    test.each(SIZES)(`of %d bytes goes to ${path} in chunks`, async (size) => {
      await stage.alike(upload(path, CHUNKED, chunked(bytesOf(size))));
    });

    test.each(SHORT)(`of %d bytes comes from ${path} with its length`, async (size) => {
      await stage.alike(download(path, [`Content-Length: ${size}`], bytesOf(size)));
    });

    test.each(LONG)(`of %d bytes comes from ${path} whole`, async (size) => {
      await stage.alike(
        download(path, [`Content-Length: ${size}`], bytesOf(size)),
        "A length becomes chunks unless the answer comes in one read",
      );
    });

    test.each(SIZES.slice(1))(`of %d bytes comes from ${path} in chunks`, async (size) => {
      await stage.alike(download(path, CHUNKED, chunked(bytesOf(size))));
    });
  }

  test.each(ODD_CHUNKS)("in chunks with %s passes both ways", async (_, body) => {
    for (const path of PATHS) {
      await stage.alike(upload(path, CHUNKED, Buffer.from(body)));
      await stage.alike(download(path, CHUNKED, Buffer.from(body)));
    }
  });

  test.each(PACKED)("packed with %s passes as it is", async (encoding, pack) => {
    const bytes = pack(Buffer.from('{"done":true}\n'.repeat(100)));
    const field = `Content-Encoding: ${encoding}`;
    for (const path of PATHS) {
      await stage.alike(download(path, [field, ...CHUNKED], chunked(bytes, 10)));
      await stage.alike(download(path, [field, `Content-Length: ${bytes.length}`], bytes));
      await stage.alike(upload(path, [field, `Content-Length: ${bytes.length}`], bytes));
    }
  });

  test("that calls itself packed and is not passes as it is", async () => {
    const fields = ["Content-Encoding: gzip", "Content-Type: application/x-ndjson"];
    for (const path of PATHS)
      await stage.alike(download(path, [...fields, ...CHUNKED], chunked(Buffer.from("{}\n"))));
  });
});
