import { setTimeout } from "node:timers/promises";
import type { Clients } from "./clients.ts";
import { expectAnswer } from "./expect.ts";
import { MIX } from "./mix.ts";
import { CROWD } from "./models.ts";
import { question } from "./question.ts";
import type { SoakUpstream } from "./upstream.ts";
import { asking, crowdMember, plainChat } from "./visits/chats.ts";

/** Milliseconds between two visits. */
const EVERY = 20;

/** Visits at once; on a machine that is too busy for them further ones are left out. */
const MOST = 64;

/** In the whole time. */
const OUTAGES = 20;

/** Mixed traffic for this many milliseconds; resolves when the last answer has ended. */
export async function mixedTraffic(
  clients: Clients,
  upstream: SoakUpstream,
  duration: number,
): Promise<void> {
  const until = performance.now() + duration;
  const turns = new Map<string, number>();
  const visits = new Set<Promise<void>>();
  const outages = haveOutages(clients, upstream, duration);
  for (let count = 0; performance.now() < until; count++) {
    await setTimeout(EVERY);
    if (visits.size >= MOST) continue;
    const { name, visit } = MIX[count % MIX.length]!;
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    const visiting = clients.visit(name, visit(turn));
    visits.add(visiting);
    void visiting.then(() => visits.delete(visiting));
  }
  await outages;
  await Promise.all(visits);
}

async function haveOutages(
  clients: Clients,
  upstream: SoakUpstream,
  duration: number,
): Promise<void> {
  for (let turn = 0; turn < OUTAGES; turn++) {
    await setTimeout(duration / (OUTAGES + 1));
    await clients.during(async () => {
      await upstream.refuse();
      await clients.visit("refused", async ({ ask }) => {
        expectAnswer(await ask(asking(question(crowdMember(turn), turn, true))), 502);
        expectAnswer(await ask({ method: "GET", path: "/api/tags" }), 502);
      });
      await upstream.accept();
    });
  }
}

/** How many are introduced at once. */
const HOSTS = 8;

/** Asks every model of the crowd once, so that the metrics page is as long as it gets. */
export async function introduceCrowd(clients: Clients): Promise<void> {
  let turn = 0;
  const host = async (): Promise<void> => {
    while (turn < CROWD.length) await clients.visit("introduction", plainChat(turn++));
  };
  await Promise.all(Array.from({ length: HOSTS }, host));
}
