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

/** By which a server refuses who has no certificate, in TLS 1.2 and in TLS 1.3. */
const ASKS_FOR_CERTIFICATE: ReadonlySet<string> = new Set([
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
  "ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED",
]);

/**
 * What answers a GET over TLS: the text of the answer, head and all; empty where a certificate is asked
 * for. Rejects if there is no answer. Nobody's certificate is judged: on this machine it may be made for
 * another name.
 */
export async function tlsAnswer({ hostname, port, path, signal }: TlsQuestion): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ host: hostname, port, rejectUnauthorized: false });
  let text = "";
  const giveUp = (): void => reject(signal.reason as Error);
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp, { once: true });
  socket.once("secureConnect", () => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  });
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    if (text.length > MOST_BYTES) resolve(text);
  });
  socket.once("error", (error: NodeJS.ErrnoException) => {
    if (ASKS_FOR_CERTIFICATE.has(error.code ?? "")) resolve("");
    else reject(error);
  });
  socket.once("close", () => {
    if (text === "") reject(new Error("no answer"));
    else resolve(text);
  });
  return promise.finally(() => {
    signal.removeEventListener("abort", giveUp);
    socket.destroy();
  });
}
