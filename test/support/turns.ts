import type { Socket } from "node:net";
import { answerOf, startRawUpstream } from "./raw-upstream.ts";

/** Makes borders between pieces that are written to a connection real for who reads them. */
export interface Turns extends AsyncDisposable {
  /**
   * Resolves when the fetches of this process have read what was written to their connections. Bun
   * has one thread for them all: it has been at the others before it reads the answer to this one.
   */
  turn(): Promise<void>;
}

export async function startTurns(): Promise<Turns> {
  const server = await startRawUpstream(({ socket }) => void socket.write(answerOf("")));
  return {
    async turn() {
      // Once the server is stopped there is nobody left to read.
      await fetch(server.url).then(
        (answer) => answer.arrayBuffer(),
        () => {},
      );
    },
    [Symbol.asyncDispose]: server.stop,
  };
}

/** Writes each piece on its own, with a turn after each. Ends early if the connection closes. */
export async function writePieces(
  socket: Socket,
  bytes: Buffer,
  borders: readonly number[],
  turn: () => Promise<unknown>,
): Promise<void> {
  for (const [at, start] of borders.entries()) {
    if (socket.destroyed) return;
    await new Promise((written) => socket.write(bytes.subarray(start, borders[at + 1]), written));
    await turn();
  }
}
