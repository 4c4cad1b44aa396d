import { expect, test } from "bun:test";
import { bytesOf, headOf, requestHead, requestOf } from "../support/wire.ts";
import type { End } from "../support/wire-end.ts";
import { onBunTargets, type Stage } from "./stage.ts";

const MIB = 1024 * 1024;
const SIZE = 1024 * MIB;
const BLOCK = bytesOf(4 * MIB - 1);

/** Never more than a block at a time. */
async function pour(end: End, framed: (block: Buffer) => readonly Buffer[]): Promise<void> {
  for (let left = SIZE; left > 0; left -= BLOCK.length) {
    const block = left < BLOCK.length ? BLOCK.subarray(0, left) : BLOCK;
    await end.flush(Buffer.concat(framed(block)));
  }
}

const plain = (block: Buffer): readonly Buffer[] => [block];
const chunk = (block: Buffer): readonly Buffer[] => [
  Buffer.from(`${block.length.toString(16)}\r\n`),
  block,
  Buffer.from("\r\n"),
];

const digest = ((): string => {
  const hasher = new Bun.CryptoHasher("sha1");
  for (let left = SIZE; left > 0; left -= BLOCK.length)
    hasher.update(left < BLOCK.length ? BLOCK.subarray(0, left) : BLOCK);
  return `${SIZE} bytes with the digest ${hasher.digest("hex")}`;
})();

const UPLOAD = "/api/blobs/sha256:0";

const declare = (stage: Stage): void => {
  test("goes up with its length", async () => {
    const seen = await stage.through({
      request: requestHead("POST", UPLOAD, [`Content-Length: ${SIZE}`]),
      follow: (client) => pour(client, plain),
    });
    expect(seen).toMatchObject({
      client: { status: 200, body: "ok" },
      upstream: { framing: "length", body: digest, end: "complete" },
    });
  }, 30_000);

  test("comes down in chunks", async () => {
    const seen = await stage.through({
      request: requestOf("POST", "/api/chat", { body: "{}" }),
      async script({ server }) {
        server.write(headOf("HTTP/1.1 200 OK", ["Transfer-Encoding: chunked"]));
        await pour(server, chunk);
        server.write("0\r\n\r\n");
      },
    });
    expect(seen.client).toMatchObject({ framing: "chunked", body: digest, end: "complete" });
  }, 30_000);
};

// The compiled program alone: it takes seconds.
onBunTargets("A gigabyte", declare, ["binary"]);
