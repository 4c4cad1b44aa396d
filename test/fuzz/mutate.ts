import type { Random } from "./random.ts";

/** Bytes that parsers look for, or look out for. */
const SPECIAL = [
  "\0",
  "\r",
  "\n",
  "\r\n",
  "\r\n\r\n",
  " ",
  ":",
  ";",
  ",",
  "\t",
  "\u00ff",
  "0",
  "f",
  "-",
];

/** Fields that contradict what a message says of itself. */
const FIELDS = [
  "Content-Length: 0",
  "Content-Length: 5",
  "Content-Length: 99999999999999999999",
  "Content-Length: -1",
  "Content-Length: +5",
  "Content-Length: 5, 5",
  "Content-Length : 5",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding:\x0bchunked",
  " folded: yes",
  "Connection: close",
  "Connection: keep-alive, content-length",
  "Expect: 100-continue",
  "Upgrade: websocket",
  "Host: elsewhere",
  `X-Long: ${"x".repeat(20_000)}`,
];

/** Changes a message in one to three places. */
export function mutate(message: Buffer, random: Random, donors: readonly Buffer[]): Buffer {
  let bytes = message;
  for (let left = random.chance(0.5) ? 1 : 1 + random.below(3); left > 0; left--)
    bytes = random.pick(WAYS)(bytes, random, donors);
  return bytes;
}

type Way = (bytes: Buffer, random: Random, donors: readonly Buffer[]) => Buffer;

const WAYS: readonly Way[] = [
  function flipBit(bytes, random) {
    const copy = Buffer.from(bytes);
    const at = placeIn(bytes, random);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  function deleteRange(bytes, random) {
    const start = placeIn(bytes, random);
    return replaced(bytes, start, start + 1 + random.below(20), "");
  },
  function duplicateRange(bytes, random) {
    const start = placeIn(bytes, random);
    const end = start + 1 + random.below(200);
    return replaced(bytes, end, end, bytes.subarray(start, end));
  },
  function duplicateAll(bytes) {
    return Buffer.concat([bytes, bytes]);
  },
  function insertSpecial(bytes, random) {
    const start = placeIn(bytes, random);
    return replaced(bytes, start, start, random.pick(SPECIAL));
  },
  function overwriteSpecial(bytes, random) {
    const start = placeIn(bytes, random);
    return replaced(bytes, start, start + 1, random.pick(SPECIAL));
  },
  function insertField(bytes, random) {
    const start = bytes.indexOf("\r\n");
    return replaced(bytes, start, start, `\r\n${random.pick(FIELDS)}`);
  },
  function changeNumber(bytes, random) {
    const text = bytes.toString("latin1");
    const numbers = [...text.slice(0, 4000).matchAll(/\d+/g)];
    if (numbers.length === 0) return bytes;
    const { index, 0: digits } = random.pick(numbers);
    const other = random.pick([
      "0",
      "1",
      "-1",
      "7fffffff",
      "ffffffffffffffffff",
      `${digits}0`,
      "9",
    ]);
    return replaced(bytes, index, index + digits.length, other);
  },
  function splice(bytes, random, donors) {
    const donor = random.pick(donors);
    return Buffer.concat([
      bytes.subarray(0, placeIn(bytes, random)),
      donor.subarray(placeIn(donor, random)),
    ]);
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, placeIn(bytes, random));
  },
];

/** A place in a message; its head is as likely as the rest. */
function placeIn(bytes: Buffer, random: Random): number {
  const head = bytes.indexOf("\r\n\r\n") + 4;
  return random.below(Math.max(1, random.chance(0.5) && head > 4 ? head : bytes.length));
}

function replaced(bytes: Buffer, start: number, end: number, by: string | Buffer): Buffer {
  const middle = typeof by === "string" ? Buffer.from(by, "latin1") : by;
  return Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]);
}

/** Cuts bytes into one to five pieces that are written on their own. */
export function pieces(bytes: Buffer, random: Random): Buffer[] {
  const cuts = Array.from({ length: random.below(5) }, () => random.below(bytes.length + 1));
  const borders = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}
