import { connect } from "node:tls";

export interface TlsQuestion {
  readonly hostname: string;
  readonly port: number;
  readonly path: string;
  /** Gives the question up. */
  readonly signal: AbortSignal;
}

/** A page of ours is not longer. */
const MOST_BYTES = 4096;

/**
 * What answers a GET over TLS: the text of the answer, head and all. Empty if TLS is spoken and then
 * broken off, as with those who have no certificate of their own; rejects if none is spoken. Nobody's
 * certificate is judged: on this machine it may be made for another name.
 */
export async function tlsAnswer({ hostname, port, path, signal }: TlsQuestion): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ host: hostname, port, rejectUnauthorized: false });
  let text = "";
  let spoken = false;
  const end = (error?: Error): void => {
    if (spoken) resolve(text);
    else reject(error ?? new Error("no TLS is spoken there"));
  };
  const giveUp = (): void => reject(signal.reason as Error);
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp, { once: true });
  socket.once("secureConnect", () => {
    spoken = true;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  });
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    if (text.length > MOST_BYTES) end();
  });
  socket.once("error", end);
  socket.once("close", () => end());
  return promise.finally(() => {
    signal.removeEventListener("abort", giveUp);
    socket.destroy();
  });
}
