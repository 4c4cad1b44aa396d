import type { Socket } from "node:net";
import type { Scene } from "./scene.ts";

/** A connection at the upstream whose requests nobody reads for the test. */
export interface Arrival {
  readonly socket: Socket;
  /** Resolves when so many bytes have come. */
  until(bytes: number): Promise<void>;
  /** Resolves when the connection is closed, by whomever. */
  readonly closed: Promise<void>;
}

/** Takes the upstream's connections from now on; gives each in turn. */
export function arrivals(scene: Scene): () => Promise<Arrival> {
  const waiting: Arrival[] = [];
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  scene.take((socket) => {
    let received = 0;
    socket.on("data", (data: Buffer) => {
      received += data.length;
      notify();
    });
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    waiting.push({
      socket,
      closed,
      async until(bytes) {
        while (received < bytes) await wake.promise;
      },
    });
    notify();
  });
  return async () => {
    for (;;) {
      const arrival = waiting.shift();
      if (arrival) return arrival;
      await wake.promise;
    }
  };
}
