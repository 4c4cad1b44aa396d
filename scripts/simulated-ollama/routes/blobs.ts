import type { Exchange, Handler } from "../exchange.ts";
import { Refusal } from "../refusal.ts";
import { send } from "../reply.ts";

/** What Go's server still reads of a body that nobody asked for: bytes. */
const READ_ANYWAY = 256 * 1024;

export const headBlob: Handler = (simulation, exchange) => {
  const digest = digestOf(exchange);
  if (!simulation.blobs.has(digest)) throw new Refusal(404, `blob "${digest}" not found`);
  send(exchange.response, 200, {});
};

export const postBlob: Handler = async (simulation, exchange) => {
  const { request, response } = exchange;
  const digest = digestOf(exchange);
  if (simulation.blobs.has(digest)) {
    const isSmall = Number(request.headers["content-length"] ?? Infinity) <= READ_ANYWAY;
    send(response, 200, isSmall ? {} : { Connection: "close" });
    return;
  }
  const hasher = new Bun.CryptoHasher("sha256");
  for await (const chunk of request) hasher.update(chunk);
  const received = `sha256:${hasher.digest("hex")}`;
  if (received !== digest)
    throw new Refusal(400, `digest mismatch, expected "${digest}", got "${received}"`);
  simulation.blobs.add(digest);
  send(response, 201, {});
};

function digestOf({ path }: Exchange): string {
  const digest = path.slice(path.lastIndexOf("/") + 1);
  if (!/^sha256[:-][0-9a-f]{64}$/.test(digest)) throw new Refusal(400, "invalid digest format");
  return digest.replace("-", ":");
}
