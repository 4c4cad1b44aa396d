import type { Socket } from "node:net";
import { answerOwnQuestion } from "../support/own-questions.ts";
import { chunkOf, startRawUpstream } from "../support/raw-upstream.ts";

/** The two lines of its only answer to a chat. */
const BEGINNING = `{"model":"llama3.2","message":{"role":"assistant","content":"Hi"},"done":false}\n`;
const END = `{"model":"llama3.2","done":true,"total_duration":9000000,"eval_count":2,"eval_duration":8000000}\n`;

/** An Ollama that tells when an exporter has started in front of it. */
export interface ServiceUpstream extends AsyncDisposable {
  readonly url: string;
  /** Resolves when the next exporter listens, which then asks for the version. */
  nextStart(): Promise<void>;
  /** The answer to a chat through an exporter, and something that is done in the middle of it. */
  chat(exporter: string, meanwhile?: () => Promise<void>): Promise<string>;
}

/** What a chat is answered with. */
export const ANSWER = BEGINNING + END;

export async function startServiceUpstream(): Promise<ServiceUpstream> {
  let started = Promise.withResolvers<void>();
  let chatting: Socket | undefined;
  const upstream = await startRawUpstream(({ request, socket }) => {
    if (answerOwnQuestion({ request, socket })) {
      if (request.startLine.startsWith("GET /api/version ")) started.resolve();
      return;
    }
    const fields = ["Content-Type: application/x-ndjson", "Transfer-Encoding: chunked"];
    socket.write(["HTTP/1.1 200 OK", ...fields, "", ""].join("\r\n"));
    socket.write(chunkOf(BEGINNING));
    chatting = socket;
  });
  return {
    ...upstream,
    async nextStart() {
      await started.promise;
      started = Promise.withResolvers();
    },
    async chat(exporter, meanwhile) {
      const request = { method: "POST", body: `{"model":"llama3.2","messages":[]}` };
      const { body } = await fetch(`${exporter}/api/chat`, request);
      const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
      let answer = (await reader.read()).value ?? "";
      await meanwhile?.();
      chatting?.write(Buffer.concat([chunkOf(END), chunkOf("")]));
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return answer;
        answer += value;
      }
    },
  };
}
