import type { ListenAddress } from "../config.ts";
import { failure } from "../errors.ts";
import { createUpstream } from "../proxy/upstream.ts";
import { HEALTHY_PATH, HEALTHY_TEXT } from "../routes/healthy.ts";
import { thisRuntime as runtime } from "../runtime/this-runtime.ts";

const DEADLINE_MS = 3000;

const EVERY_INTERFACE: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

const REMEDY = "give the --listen and --metrics-listen that it has";

/**
 * Asks the exporter that listens there, on this machine, whether it lives. Resolves with one line
 * for the person who asked.
 *
 * @throws a failure that names the address and the remedy
 */
export async function healthcheck(
  listen: ListenAddress,
  deadline: number = DEADLINE_MS,
): Promise<string> {
  const { port } = listen;
  // Looked for on both families, since a container may have no `::1`.
  const hostname = EVERY_INTERFACE.has(listen.hostname) ? "localhost" : listen.hostname;
  const exporter = createUpstream(
    { ...listen, protocol: "http:", hostname, basePath: "" },
    runtime.send,
  );
  const url = `${exporter.origin}${HEALTHY_PATH}`;
  // By the one name that every listener answers to, whatever --allowed-hosts says.
  const headers = new Headers({ host: `localhost:${port}` });
  const signal = AbortSignal.timeout(deadline);
  let status: number;
  try {
    const answer = await exporter.send(HEALTHY_PATH, {
      method: "GET",
      headers,
      body: null,
      signal,
    });
    status = answer.status;
    if (status === 200 && (await isOurs(answer))) return `healthy: ${url}`;
  } catch {
    const mend = signal.aborted ? ` within ${deadline / 1000} s: restart` : ": start";
    throw failure(`no answer from ${url}${mend} ollama-exporter, or ${REMEDY}`);
  }
  throw failure(`what answers at ${url} is not ollama-exporter (status ${status}): ${REMEDY}`);
}

/** Reads no more than is needed to tell: who knows what listens there. */
async function isOurs({ body }: Response): Promise<boolean> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > HEALTHY_TEXT.length) break;
  }
  return text === HEALTHY_TEXT;
}
