import type { AnswerReader } from "./answer-reader.ts";
import { type Asking, openConnection } from "./connection.ts";

export interface Counts {
  requests: number;
  /** Requests to `POST /api/chat`. */
  chats: number;
  /** Chats whose final object came. */
  answered: number;
  /** Clients that left before the end. */
  left: number;
  /** Visits that met an upstream which refused connections. */
  refused: number;
  /** HTTP chunks that came. */
  chunks: number;
  /** Chats with a line that cannot be read. */
  badLines: number;
}

/** What a visit has at hand. */
interface Visitor {
  /** Asks on a connection of its own. */
  ask(asking: Asking): Promise<AnswerReader>;
  /** Asks one after the other on the same connection. */
  askAll(askings: readonly Asking[]): Promise<AnswerReader[]>;
  readonly counts: Counts;
}

export type Visit = (visitor: Visitor) => Promise<void>;

export interface Clients {
  readonly counts: Counts;
  /** What was not as it should be, in words. */
  readonly wrong: readonly string[];
  /** What a visit throws is a wrong answer. Never rejects. */
  visit(name: string, visit: Visit): Promise<void>;
  /** While it runs, to be refused is no wrong answer to any visit that is going on. */
  during(outage: () => Promise<void>): Promise<void>;
}

const NOTHING: Counts = {
  requests: 0,
  chats: 0,
  answered: 0,
  left: 0,
  refused: 0,
  chunks: 0,
  badLines: 0,
};

export function createClients(url: string): Clients {
  const port = Number(new URL(url).port);
  const wrong: string[] = [];
  const counts = { ...NOTHING };
  let outageUntil = -Infinity;

  /** Asks on one connection, and calls `onRefusal` for what is left of an answer in an outage. */
  const askAll = async (
    askings: readonly Asking[],
    onRefusal: () => void,
  ): Promise<AnswerReader[]> => {
    using connection = openConnection(port);
    const answers: AnswerReader[] = [];
    for (const asking of askings) {
      counts.requests++;
      if (asking.path === "/api/chat") counts.chats++;
      const sentAt = performance.now();
      const answer = await connection.ask(asking);
      counts.chunks += answer.chunks;
      if (sentAt < outageUntil && (answer.status === 502 || !answer.whole)) onRefusal();
      answers.push(answer);
    }
    return answers;
  };

  return {
    counts,
    wrong,
    async visit(name, visit) {
      let refused = false;
      const onRefusal = (): void => void (refused = true);
      try {
        await visit({
          ask: async (asking) => (await askAll([asking], onRefusal))[0] as AnswerReader,
          askAll: (askings) => askAll(askings, onRefusal),
          counts,
        });
      } catch (error) {
        if (refused) counts.refused++;
        else wrong.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    async during(outage) {
      outageUntil = Infinity;
      await outage();
      outageUntil = performance.now();
    },
  };
}
