import { expect, test } from "bun:test";
import { get, post } from "../daemon-process/raw-request.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { startScene } from "./scene.ts";

const REQUESTS = {
  GET: get("/api/tags"),
  HEAD: get("/api/tags").replace("GET", "HEAD"),
  POST: post("/api/generate", "{}"),
  DELETE: post("/api/delete", "{}").replace("POST", "DELETE"),
} as const;

test.each(Object.entries(REQUESTS))(
  "what an upstream sends after its answer to a %s reaches no other client",
  async (method, first) => {
    await using scene = await startScene();
    scene.play(({ socket }) => {
      // Too late for whom it was meant, and before the answer to whoever comes next.
      scene.play((next) => {
        if (!socket.destroyed) socket.write(answerOf("somebody else's"));
        next.socket.write(answerOf("fine"));
      });
      socket.write(
        method === "HEAD" ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" : answerOf("fine"),
      );
    });
    expect((await exchange(scene.url, first)).startLine).toBe("HTTP/1.1 200 OK");
    for (let others = 0; others < 10; others++) {
      const answer = await exchange(scene.url, REQUESTS.GET);
      expect([answer.startLine, String(answer.body)]).toEqual(["HTTP/1.1 200 OK", "fine"]);
    }
    await scene.expectHealthy();
  },
);
