import { expect, test } from "bun:test";
import { MOST_TO_STOP, type PodProcesses, preStop, startPod } from "./pod-processes.ts";
import { beginChat } from "./streamed-chat.ts";

/** Milliseconds: the drain delay of the manifest is among them. */
const MOST_TIME = 30_000;

/** Tokens: about 2 seconds. */
const LONG = 100;
const SHORT = 2;

/** Ends the sidecar when its turn has come, and gives what there was to see. */
async function endExporter(pod: PodProcesses) {
  const { exporter, url, own } = pod;
  exporter.signal("SIGTERM");
  await exporter.says(/shutting down: not ready/);
  const ready = (await fetch(`${own}/-/ready`)).status;
  // Ollama has ended: whoever still comes is told so, and not refused.
  const late = (await fetch(`${url}/api/version`)).status;
  const page = await pageOf(pod);
  const { code, stderr } = await exporter.exited;
  return { ready, late, page, code, stderr };
}

function pageOf({ own }: PodProcesses): Promise<string> {
  return fetch(`${own}/metrics`).then((answer) => answer.text());
}

/** What a family counts on a page, all models and reasons together. */
function sum(page: string, family: string): number {
  const values = page.matchAll(RegExp(`^${family}\\{.*\\} (.+)$`, "gm"));
  return Array.from(values, ([, value]) => Number(value)).reduce((total, one) => total + one, 0);
}

test(
  "a pod that is stopped in Kubernetes' order cuts no stream and refuses none until its turn",
  async () => {
    await using pod = await startPod();
    const running = await beginChat(pod.url, LONG);

    const began = performance.now();
    let answered = false;
    const stopping = preStop(pod).finally(() => (answered = true));
    // The Service may still send somebody here.
    const another = await beginChat(pod.url, SHORT);
    expect(await another.rest()).toContain('"done_reason":"length"');
    expect(sum(await pageOf(pod), "ollama_requests_in_flight")).toBe(1);
    expect(answered).toBe(false);
    expect(await stopping).toBe(200);
    expect(sum(await pageOf(pod), "ollama_requests_in_flight")).toBe(0);
    expect(await running.rest()).toContain('"done_reason":"length"');

    await pod.ollama.terminate();
    const { ready, late, page, code, stderr } = await endExporter(pod);
    expect(performance.now() - began).toBeLessThan(MOST_TO_STOP);
    expect({ ready, late, code }).toEqual({ ready: 503, late: 502, code: 0 });
    expect(stderr).not.toContain("cut ");
    expect(sum(page, "ollama_responses_finished_total")).toBe(2);
    expect(sum(page, "ollama_request_failures_total")).toBe(0);
  },
  MOST_TIME,
);

test(
  "a pod that is idle when it is stopped serves who is still sent to it, and then Ollama may end",
  async () => {
    await using pod = await startPod();
    let answered = false;
    const stopping = preStop(pod).finally(() => (answered = true));
    // One of these would have come after the hook's answer, were that given at once.
    for (let i = 0; i < 20; i++) await (await fetch(`${pod.own}/-/ready`)).text();
    expect(answered).toBe(false);
    const late = await beginChat(pod.url, SHORT);
    expect(await late.rest()).toContain('"done_reason":"length"');
    expect(answered).toBe(false);
    expect(await stopping).toBe(200);
  },
  MOST_TIME,
);

test(
  "without the hook Ollama cuts its stream, which is a failure on the page",
  async () => {
    await using pod = await startPod();
    const running = await beginChat(pod.url, LONG);
    const cut = running.rest().then(
      (rest) => rest,
      () => "cut",
    );
    await pod.ollama.terminate();
    expect(await cut).toBe("cut");
    const { page, code } = await endExporter(pod);
    expect(code).toBe(0);
    expect(sum(page, "ollama_responses_finished_total")).toBe(0);
    expect(sum(page, "ollama_request_failures_total")).toBe(1);
  },
  MOST_TIME,
);
