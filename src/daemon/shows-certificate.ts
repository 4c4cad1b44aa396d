import { X509Certificate } from "node:crypto";
import { connect } from "node:tls";

export interface Shown {
  readonly hostname: string;
  readonly port: number;
  /** In PEM form. */
  readonly cert: string;
  /** Gives the question up. */
  readonly signal: AbortSignal;
}

/**
 * Whether who listens there shows this certificate. Nothing is sent, since a listener that asks for
 * client certificates would refuse it. Rejects if no TLS is spoken there.
 */
export function showsCertificate({ hostname, port, cert, signal }: Shown): Promise<boolean> {
  const expected = new X509Certificate(cert).fingerprint256;
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  // It is known by what it is, whoever has signed it.
  const socket = connect({ host: hostname, port, rejectUnauthorized: false });
  const giveUp = (): void => reject(signal.reason as Error);
  signal.addEventListener("abort", giveUp, { once: true });
  socket.once("error", reject);
  socket.once("secureConnect", () => {
    resolve(socket.getPeerCertificate().fingerprint256 === expected);
  });
  return promise.finally(() => {
    signal.removeEventListener("abort", giveUp);
    socket.destroy();
  });
}
