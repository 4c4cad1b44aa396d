import { type RunningProgram, runProgram } from "../support/exporter.ts";
import { EXPORTER, OLLAMA, POD } from "./manifest.ts";
import { type OllamaProcess, startOllamaProcess } from "./ollama-process.ts";

/** What the manifest's pod runs, on free ports of loopback. */
export interface PodProcesses extends AsyncDisposable {
  readonly ollama: OllamaProcess;
  readonly exporter: RunningProgram;
  /** Where the Service leads. */
  readonly url: string;
  /** Where the probes, the hook and Prometheus go. */
  readonly own: string;
}

/** The longest that the pod has to stop, in milliseconds. */
export const MOST_TO_STOP = POD.terminationGracePeriodSeconds * 1000;

const { path: HOOK = "" } = OLLAMA.lifecycle?.["preStop"]?.httpGet ?? {};

export async function startPod(): Promise<PodProcesses> {
  await using started = new AsyncDisposableStack();
  const ollama = started.use(await startOllamaProcess());
  const args = (EXPORTER.args ?? []).map((word) =>
    word
      .replace(/^(--upstream)=.*/, `$1=${ollama.url}`)
      .replace(/^(--(?:metrics-)?listen)=.*/, "$1=127.0.0.1:0"),
  );
  const exporter = started.use(runProgram({ args }));
  const [, url = ""] = await exporter.says(/point clients at (\S+)\n/);
  const [, own = ""] = await exporter.says(/point Prometheus at (\S+)\/metrics\n/);
  const running = started.move();
  return { ollama, exporter, url, own, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** What kubelet does before it ends Ollama: it waits for the hook's answer. */
export async function preStop({ own }: PodProcesses): Promise<number> {
  const answer = await fetch(own + HOOK);
  await answer.text();
  return answer.status;
}
