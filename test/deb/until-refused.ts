import { connect } from "node:net";

/** Resolves as soon as nothing listens on this port of loopback any more. */
export async function untilRefused(port: number): Promise<void> {
  while (await accepts(port));
}

/** Whether something listens there. */
export function accepts(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: "127.0.0.1", port });
  socket.once("connect", () => resolve(true));
  socket.once("error", () => resolve(false));
  return promise.finally(() => socket.destroy());
}
