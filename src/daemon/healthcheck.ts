import type { ListenAddress } from "../config.ts";
import { failure } from "../errors.ts";
import { isEveryInterface } from "../every-interface.ts";
import { escaped } from "../messages/quoted.ts";
import { createUpstream } from "../proxy/upstream.ts";
import { HEALTHY_PATH, HEALTHY_TEXT } from "../routes/healthy.ts";
import { REALM } from "../routes/protected.ts";
import { thisRuntime as runtime } from "../runtime/this-runtime.ts";
import { isHealthyAnswer } from "./healthy-answer.ts";
import { tlsAnswer } from "./tls-answer.ts";

const DEADLINE_MS = 3000;

const REMEDY = "give the --listen and --metrics-listen that it has";

/**
 * Asks the exporter that listens there, on this machine, whether it lives: by HTTP, and where none is
 * spoken by HTTPS. Resolves with one line for the person who asked. No file is read for it, since an
 * exporter goes on with its last good web config whatever has become of the file.
 *
 * @throws a failure that names the address and the remedy
 */
export async function healthcheck(
  listen: ListenAddress,
  deadline: number = DEADLINE_MS,
): Promise<string> {
  const { port } = listen;
  // Looked for on both families, since a container may have no `::1`.
  const hostname = isEveryInterface(listen.hostname) ? "localhost" : listen.hostname;
  const address = { ...listen, protocol: "http:", hostname, basePath: "" } as const;
  const exporter = createUpstream(address, runtime.send);
  const url = `${exporter.origin}${HEALTHY_PATH}`;
  const signal = AbortSignal.timeout(deadline);
  // By the one name that every listener answers to, whatever --allowed-hosts says.
  const headers = new Headers({ host: `localhost:${port}` });
  let seen: string;
  try {
    const question = { method: "GET", headers, body: null, signal };
    const answer = await exporter.send(HEALTHY_PATH, question);
    if (await isHealthyAnswer(answer)) return `healthy: ${url}`;
    seen = `status ${answer.status}`;
  } catch {
    const told = await tlsAnswer({ hostname, port, path: HEALTHY_PATH, signal }).catch(
      () => undefined,
    );
    if (told === undefined) {
      const mend = signal.aborted ? ` within ${deadline / 1000} s: restart` : ": start";
      throw failure(`no answer from ${url}${mend} ollama-exporter, or ${REMEDY}`);
    }
    if (isOursByTls(told)) return `healthy: ${url.replace(/^http/, "https")}`;
    seen = escaped(told.split("\r\n", 1)[0] ?? "");
  }
  throw failure(`what answers at ${url} is not ollama-exporter (${seen}): ${REMEDY}`);
}

/** Empty where it asks for a certificate: it lives, and does not know who asks. */
function isOursByTls(answer: string): boolean {
  return answer === "" || answer.endsWith(HEALTHY_TEXT) || answer.includes(`: ${REALM}\r\n`);
}
