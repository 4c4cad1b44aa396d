import { answerOwnQuestion, isOwnQuestion } from "../support/own-questions.ts";
import { answerOf, chunkOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { post } from "./raw-request.ts";

const HEAD =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
export const FIRST =
  '{"model":"llama3.2","message":{"role":"assistant","content":"Yes"},"done":false}\n';
export const LAST =
  '{"model":"llama3.2","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",' +
  '"total_duration":2000000000,"prompt_eval_count":11,"prompt_eval_duration":500000000,' +
  '"eval_count":7,"eval_duration":1000000000}\n';

export interface OpenChats extends RawUpstream {
  /** Sends the last line of all chats. */
  finish(): void;
}

/** An upstream whose chats stay open until the test ends them. Its visits are clients' alone. */
export async function startOpenChats(): Promise<OpenChats> {
  const upstream = await startRawUpstream(({ request, socket }) => {
    if (answerOwnQuestion({ request, socket })) return;
    if (!isChat(request.startLine)) socket.write(answerOf('{"version":"0.24.0"}'));
    else socket.write(Buffer.concat([Buffer.from(HEAD), chunkOf(FIRST)]));
  });
  return {
    ...upstream,
    get visits() {
      return upstream.visits.filter(({ request }) => !isOwnQuestion(request));
    },
    finish() {
      for (const { request, socket } of upstream.visits) {
        if (isChat(request.startLine))
          socket.write(Buffer.concat([chunkOf(LAST), Buffer.from("0\r\n\r\n")]));
      }
    },
  };
}

/** Begins a chat and waits for its first line. */
export async function beginChat(url: string): Promise<RawClient> {
  const client = openRawClient(url, post("/api/chat", '{"model":"llama3.2","messages":[]}'));
  await client.until((received) => received.includes(FIRST));
  return client;
}

function isChat(startLine: string): boolean {
  return startLine.startsWith("POST /api/chat ");
}
