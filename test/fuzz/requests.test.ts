import { expect, test } from "bun:test";
import { crowd } from "../faults/kinds.ts";
import { fieldValues } from "../support/http-message.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { recordings } from "../support/recordings.ts";
import { answerOf, chunkOf } from "../support/raw-upstream.ts";
import { startArena } from "./arena.ts";
import { attack, bounded, foreignMarks, marked, markOf } from "./attack.ts";
import { mutate, pieces } from "./mutate.ts";
import { COUNT, createRandom, SEED } from "./random.ts";

const AT_ONCE = 8;

const donors = recordings().map(({ request }) => request);

test(`${COUNT} mutated requests harm nobody (FUZZ_SEED=${SEED})`, async () => {
  let forwarded = 0;
  await using arena = await startArena((request, socket) => {
    forwarded++;
    const echo = fieldValues(request, "x-fuzz").join();
    if (request.startLine.startsWith("HEAD ")) {
      socket.write(`HTTP/1.1 200 OK\r\nX-Echo: ${echo}\r\nContent-Length: 9\r\n\r\n`);
    } else if (request.body.length % 2 === 0) {
      socket.write(answerOf(`echo ${echo}`));
    } else {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      socket.write(Buffer.concat([chunkOf(`echo ${echo}`), Buffer.from("0\r\n\r\n")]));
    }
  });
  const issued = new Set<string>();
  const foreign: string[] = [];
  let answers = 0;

  const share = async (worker: number): Promise<void> => {
    using bystander = arena.bystander();
    let client: RawClient | undefined;
    const own = new Set<string>();
    for (let index = worker; index < COUNT; index += AT_ONCE) {
      const random = createRandom(SEED + index);
      const mark = markOf(index);
      issued.add(mark);
      own.add(mark);
      const bytes = mutate(marked(random.pick(donors), mark), random, donors);
      const current = (client ??= openRawClient(arena.url, ""));
      const what = (): string => `request ${index}: ${JSON.stringify(bytes.toString("latin1"))}`;
      const answered = await bounded(attack(current, pieces(bytes, random), bystander), what);
      if (answered) answers++;
      if (answered && !current.socket.destroyed && random.chance(0.5)) continue;
      if (random.chance(0.8)) current.socket.end();
      else if (random.chance(0.5)) current.socket.destroy();
      else current.socket.resetAndDestroy();
      const received = await bounded(current.closed, what);
      foreign.push(...foreignMarks(received, own, issued));
      client = undefined;
      own.clear();
    }
    client?.socket.destroy();
  };
  await crowd(AT_ONCE, AT_ONCE, share);

  expect(foreign).toEqual([]);
  // Not all of them are beyond recognition, and not all of them are good.
  expect(answers).toBeGreaterThan(COUNT / 10);
  expect(forwarded).toBeGreaterThan(COUNT / 10);
  expect(forwarded).toBeLessThan(COUNT);
  await arena.expectUnharmed();
}, 60_000);
