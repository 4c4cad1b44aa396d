import type { ListenAddress, WebConfigFile } from "../config.ts";
import { failure } from "../errors.ts";
import { createUpstream } from "../proxy/upstream.ts";
import { HEALTHY_PATH } from "../routes/healthy.ts";
import { thisRuntime as runtime } from "../runtime/this-runtime.ts";
import type { Tls } from "../tls.ts";
import { isHealthyAnswer } from "./healthy-answer.ts";
import { showsCertificate } from "./shows-certificate.ts";

/** Which exporter is asked. */
export interface HealthQuestion {
  readonly listen: ListenAddress;
  readonly webConfigFile?: WebConfigFile;
  /** Milliseconds; 3 s without it. */
  readonly deadline?: number;
}

const DEADLINE_MS = 3000;

const EVERY_INTERFACE: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

const REMEDY = "give the --listen, --metrics-listen and --web-config-file that it has";

/**
 * Asks the exporter that listens there, on this machine, whether it lives. Resolves with one line
 * for the person who asked.
 *
 * @throws a failure that names the address and the remedy
 */
export async function healthcheck({
  listen,
  webConfigFile,
  deadline = DEADLINE_MS,
}: HealthQuestion): Promise<string> {
  const { port } = listen;
  const tls = webConfigFile && (await tlsOf(webConfigFile));
  // Looked for on both families, since a container may have no `::1`.
  const hostname = EVERY_INTERFACE.has(listen.hostname) ? "localhost" : listen.hostname;
  const address = { ...listen, protocol: "http:", hostname, basePath: "" } as const;
  const exporter = createUpstream(address, runtime.send);
  const scheme = tls ? "https" : "http";
  const url = `${exporter.origin.replace(/^http/, scheme)}${HEALTHY_PATH}`;
  const signal = AbortSignal.timeout(deadline);
  let seen: string | undefined;
  try {
    if (tls) {
      const ours = await showsCertificate({ hostname, port, cert: tls.cert, signal });
      seen = ours ? undefined : "another certificate";
    } else {
      // By the one name that every listener answers to, whatever --allowed-hosts says.
      const headers = new Headers({ host: `localhost:${port}` });
      const question = { method: "GET", headers, body: null, signal };
      const answer = await exporter.send(HEALTHY_PATH, question);
      seen = (await isHealthyAnswer(answer)) ? undefined : `status ${answer.status}`;
    }
  } catch {
    const mend = signal.aborted ? ` within ${deadline / 1000} s: restart` : ": start";
    throw failure(`no answer from ${url}${mend} ollama-exporter, or ${REMEDY}`);
  }
  if (seen === undefined) return `healthy: ${url}`;
  throw failure(`what answers at ${url} is not ollama-exporter (${seen}): ${REMEDY}`);
}

/** The reader of such files is loaded for who has one. */
async function tlsOf(file: WebConfigFile): Promise<Tls | undefined> {
  const { readWebConfig } = await import("../web-config/read-web-config.ts");
  return readWebConfig(file).config.tls;
}
