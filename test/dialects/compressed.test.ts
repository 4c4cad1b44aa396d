import { describe, expect, test } from "bun:test";
import {
  brotliCompressSync,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { createTextSink } from "../../src/dialects/text-sink.ts";
import { byteByByte, everySplit } from "../support/every-split.ts";
import { type Finding, readChat } from "../support/findings.ts";
import { createRandom } from "../../scripts/simulated-ollama/random.ts";

const LINE = '{"message":{"content":"é"},"done":false}\n';
const FINAL = '{"done":true,"eval_count":7}\n';
const TEXT = LINE.repeat(3) + FINAL;
const TOLD: Finding[] = ["first token", { generatedTokens: 7 }];

const ENCODINGS = [
  ["gzip", gzipSync, createGzip],
  ["br", brotliCompressSync, createBrotliCompress],
  ["zstd", zstdCompressSync, createZstdCompress],
] as const;

describe.each(ENCODINGS)("an answer in %s", (encoding, compress, createCompressor) => {
  test("tells what it tells in plain", async () => {
    const reading = await readChat([compress(TEXT)], { encoding });
    expect(reading).toEqual({ findings: TOLD, scanned: true });
  });

  test("tells the same when it is cut in two at any byte", async () => {
    for (const parts of everySplit(compress(TEXT))) {
      expect(await readChat(parts, { encoding })).toEqual({ findings: TOLD, scanned: true });
    }
  });

  test("tells the same when it comes byte by byte", async () => {
    const reading = await readChat(byteByByte(compress(TEXT)), { encoding });
    expect(reading).toEqual({ findings: TOLD, scanned: true });
  });

  test("is known by its name in capitals too", async () => {
    const reading = await readChat([compress(TEXT)], { encoding: encoding.toUpperCase() });
    expect(reading.findings).toEqual(TOLD);
  });

  test("tells its figures though the end of the compression never comes", async () => {
    const compressor = createCompressor();
    const parts: Buffer[] = [];
    compressor.on("data", (part: Buffer) => void parts.push(part));
    compressor.write(TEXT);
    await new Promise<void>((resolve) => compressor.flush(() => resolve()));
    expect(await readChat(parts, { encoding })).toEqual({ findings: TOLD, scanned: true });
    compressor.destroy();
  });

  test("shows an eager scanner its text as soon as it is there", async () => {
    const compressor = createCompressor();
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen: string[] = [];
    const sink = createTextSink(encoding, {
      push(text) {
        seen.push(text);
        if (seen.join("") === TEXT) resolve();
      },
      end() {},
      eager: true,
    });
    compressor.on("data", (part: Buffer) => void sink?.write(part));
    compressor.write(TEXT);
    compressor.flush();
    await promise;
    compressor.destroy();
    sink?.close();
  });

  test("takes much that does not compress, and asks to be waited for", async () => {
    const random = createRandom(1);
    const noise = Array.from({ length: 50_000 }, () => random().toString(36).slice(2)).join("");
    const bytes = compress(`{"x":"${noise}"}\n${TEXT}`);
    const scanner = {
      text: 0,
      push: (text: string) => void (scanner.text += text.length),
      end() {},
      eager: true,
    };
    const sink = createTextSink(encoding, scanner);
    const waited = sink?.write(bytes);
    expect(waited).toBeInstanceOf(Promise);
    await waited;
    sink?.close();
    expect(await sink?.scanned).toBe(true);
    expect(scanner.text).toBe(noise.length + 9 + TEXT.length);
  });

  test("fails quietly where it is no such thing", async () => {
    const chunks = [Buffer.from(TEXT), Buffer.from(TEXT)];
    expect(await readChat(chunks, { encoding })).toEqual({ findings: [], scanned: false });
  });

  test("is read up to the place where it is damaged", async () => {
    const compressor = createCompressor();
    const parts: Buffer[] = [];
    compressor.on("data", (part: Buffer) => void parts.push(part));
    compressor.write(TEXT);
    await new Promise<void>((resolve) => compressor.flush(() => resolve()));
    compressor.destroy();
    const damage = Buffer.alloc(1000, 0xff);
    const reading = await readChat([...parts, damage, damage], { encoding });
    expect(reading).toEqual({ findings: TOLD, scanned: false });
  });

  test("without a single byte is sound", async () => {
    expect(await readChat([], { encoding })).toEqual({ findings: [], scanned: true });
  });
});

test.each(["deflate", "compress", "gzip, br", "x-unknown"])(
  "an answer in %j cannot be read",
  (encoding) => {
    expect(createTextSink(encoding, { push() {}, end() {}, eager: true })).toBeUndefined();
  },
);

test("an answer in x-gzip is one in gzip, and identity is none", async () => {
  const packed = await readChat([gzipSync(TEXT)], { encoding: "x-gzip" });
  expect(packed).toEqual({ findings: TOLD, scanned: true });
  const plain = await readChat([Buffer.from(TEXT)], { encoding: "identity" });
  expect(plain).toEqual({ findings: TOLD, scanned: true });
});
