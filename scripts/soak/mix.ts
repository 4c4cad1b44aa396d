import { createRandom } from "../simulated-ollama/random.ts";
import type { Visit } from "./clients.ts";
import { busyChats, crowdChat, plainChat, strangersName, unreadableChat } from "./visits/chats.ts";
import { FAULTS, played } from "./visits/faults.ts";
import { earlyLeaver, lastLineLeaver, midStreamLeaver, uploadLeaver } from "./visits/leavers.ts";
import { embed, generate, lookAround, slowReader, upload } from "./visits/others.ts";

/** A kind of visit: its name and what its nth visitor does. */
export interface Kind {
  readonly name: string;
  readonly visit: (turn: number) => Visit;
}

/** How often in a round. */
const SHARES = [
  [6, "busy chats", busyChats],
  [12, "crowd chat", crowdChat],
  [4, "plain chat", plainChat],
  [3, "stranger's name", strangersName],
  [1, "unreadable chat", unreadableChat],
  [2, "early leaver", earlyLeaver],
  [3, "mid-stream leaver", midStreamLeaver],
  [3, "last-line leaver", lastLineLeaver],
  [1, "upload leaver", uploadLeaver],
  [2, "generate", generate],
  [2, "look around", lookAround],
  [1, "embed", embed],
  [1, "upload", upload],
  [1, "slow reader", slowReader],
  ...FAULTS.map(([play, check]) => [1, `play ${play}`, played(play, check)] as const),
] as const;

const SEED = 7;

/** One round: always the same, so that one stretch of the traffic is like any other. */
export const MIX: readonly Kind[] = shuffled(
  SHARES.flatMap(([share, name, visit]) => Array.from({ length: share }, () => ({ name, visit }))),
);

function shuffled(kinds: Kind[]): Kind[] {
  const random = createRandom(SEED);
  return kinds
    .map((kind) => ({ kind, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ kind }) => kind);
}
