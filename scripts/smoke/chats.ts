import { MODEL, REFUSED, STREAMED, WHOLE } from "./answers.ts";
import { expected, expectSame } from "./expected.ts";
import type { Stage } from "./stage.ts";

/** A chunk is sent when the one before it has arrived, so that none can wait for another. */
export async function streamedChat({ url, upstream, deadline }: Stage): Promise<void> {
  upstream.sendNext();
  const answer = await deadline.wait(
    post(`${url}/api/chat`, chat("")),
    "the first chunk while the upstream waits before the second",
  );
  expectSame(answer.status, 200, "the status");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let sent = "";
  let got = "";
  for (const [at, chunk] of STREAMED.entries()) {
    if (at > 0) upstream.sendNext();
    sent += chunk;
    const what = `chunk ${at + 1} of ${STREAMED.length} while the upstream waits before the next`;
    while (got.length < sent.length) {
      const read = await deadline.wait(reader?.read() ?? noBody(), what);
      if (read.done) throw expected(what, `an end after ${JSON.stringify(got)}`);
      got += read.value;
    }
    expectSame(got, sent, "what the upstream has sent so far");
  }
  const last = await deadline.wait(reader?.read() ?? noBody(), "the end of the answer");
  expectSame(last.done, true, "the end of the answer");
}

export async function wholeChat({ url, deadline }: Stage): Promise<void> {
  const answer = await deadline.wait(post(`${url}/api/chat`, chat(',"stream":false')), "an answer");
  expectSame(answer.status, 200, "the status");
  expectSame(await deadline.wait(answer.text(), "the whole answer"), WHOLE, "the upstream's bytes");
}

export async function passedThrough({ url, upstream, deadline }: Stage): Promise<void> {
  const body = `{"model":"${MODEL}"}`;
  const answer = await deadline.wait(post(`${url}/api/show?verbose=%2F`, body), "an answer");
  const line = "POST /api/show?verbose=%2F";
  expectSame(upstream.seen.at(-1), { line, body }, "the request at the upstream");
  expectSame(answer.status, 404, "the upstream's status");
  expectSame(
    await deadline.wait(answer.text(), "the whole answer"),
    REFUSED,
    "the upstream's bytes",
  );
}

function post(url: string, body: string): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers, body });
}

function chat(more: string): string {
  return `{"model":"${MODEL}","messages":[{"role":"user","content":"Hello"}]${more}}`;
}

function noBody(): Promise<never> {
  throw expected("an answer with a body", "one without");
}
