import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { scrape } from "../support/exposition.ts";
import { fieldValues, parseMessage } from "../support/http-message.ts";
import { balanceOn, outcomesOn } from "../support/outcome-series.ts";
import { startProxy } from "../support/proxy.ts";
import { openRawClient } from "../support/raw-client.ts";
import { chunkOf, startRawUpstream } from "../support/raw-upstream.ts";
import { chatRequest, SPOKEN, streamHead } from "./chat-request.ts";
import { type Script, SCRIPTS } from "./scripts.ts";

const MODELS = ["llama3.2:latest", "qwen3:8b", "mistral:7b"] as const;
const SCRAPES = 200;
const AT_ONCE = 12;
const MOST_MILLISECONDS = 60_000;

/** The client leaves as soon as it has some of this answer, which never ends. */
const ENDLESS: Script = {
  outcome: "failed client_abort",
  status: 200,
  answer: (socket) =>
    void socket.write(Buffer.concat([Buffer.from(streamHead()), chunkOf(SPOKEN)])),
};

const PLAYS = [...Object.values(SCRIPTS), ENDLESS];

/** The field by which the upstream knows whose request it has. */
const TURN = "x-turn";

test(
  "On each of 200 pages under all outcomes at once, requests are finished, failed and in flight ones",
  async () => {
    const count: Record<string, number> = {};
    const sockets = new Map<number, Socket>();
    await using upstream = await startRawUpstream(({ request, socket }) => {
      const { model } = JSON.parse(String(request.body)) as { model: string };
      const turn = Number(fieldValues(request, TURN)[0]);
      const { outcome, answer } = playOf(turn);
      const counted = `${model} ${outcome}`;
      count[counted] = (count[counted] ?? 0) + 1;
      sockets.set(turn, socket);
      answer(socket);
    });
    await using proxy = await startProxy(upstream.url);

    let requests = 0;
    let scraping = true;
    const ask = async (turn: number): Promise<void> => {
      const model = MODELS[turn % MODELS.length] ?? "";
      using client = openRawClient(proxy.url, chatRequest(model, [`${TURN}: ${turn}`]));
      const play = playOf(turn);
      if (play === ENDLESS) await client.until((received) => received.includes(SPOKEN.trimEnd()));
      else await whole(client, play, () => sockets.get(turn)?.end());
      sockets.delete(turn);
    };
    const clients = Array.from({ length: AT_ONCE }, async () => {
      while (scraping) await ask(requests++);
    });

    let busyPages = 0;
    for (let page = 0; page < SCRAPES; page++) {
      const balances = Object.entries(balanceOn(await scrape(proxy.url)));
      for (const [model, { requests: all, ended, inFlight }] of balances) {
        expect([page, model, all]).toEqual([page, model, ended + inFlight]);
        expect(inFlight).toBeGreaterThanOrEqual(0);
      }
      if (balances.some(([, { inFlight }]) => inFlight > 0)) busyPages++;
    }
    scraping = false;
    await Promise.all(clients);
    await proxy.endings(requests);

    const samples = await scrape(proxy.url);
    expect(outcomesOn(samples)).toEqual(count);
    for (const [model, { requests: all, ended, inFlight }] of Object.entries(balanceOn(samples))) {
      expect([model, all, inFlight]).toEqual([model, ended, 0]);
    }
    expect(Object.values(count).reduce((sum, one) => sum + one, 0)).toBe(requests);
    expect(proxy.ended.length).toBe(requests);
    // It was a load, and everything was in it.
    expect(busyPages).toBeGreaterThan(SCRAPES / 2);
    expect(requests).toBeGreaterThan(PLAYS.length * MODELS.length);
  },
  MOST_MILLISECONDS,
);

/** Each model gets to see all of them in turn. */
function playOf(turn: number): Script {
  return PLAYS[Math.floor(turn / MODELS.length) % PLAYS.length] ?? ENDLESS;
}

/** Reads to the end of an answer, or of its connection. */
async function whole(
  client: ReturnType<typeof openRawClient>,
  { closeAt }: Script,
  cut: () => void,
): Promise<void> {
  if (closeAt !== undefined) {
    await client.until((received) => received.includes(closeAt));
    cut();
  }
  await Promise.race([client.until(isWhole).catch(() => {}), client.closed]);
}

function isWhole(received: Buffer): boolean {
  return parseMessage(received, { kind: "response" }) !== undefined;
}
