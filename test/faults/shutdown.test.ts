import { expect, test } from "bun:test";
import { post } from "../daemon-process/raw-request.ts";
import { refusal } from "../daemon-process/tcp.ts";
import { parseMessage } from "../support/http-message.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { answerOf, chunkOf, type Visit } from "../support/raw-upstream.ts";
import { CHAT_END, CHAT_HEAD, CHAT_LINE, LAST_CHUNK, type Scene, startScene } from "./scene.ts";

const CLIENTS = 60;
const ROUTES = ["/api/chat", "/api/generate", "/v1/chat/completions"] as const;

/** Opens streams on all routes; every third one has no answer's head yet. */
async function openMany(
  scene: Scene,
): Promise<{ clients: RawClient[]; silent: Visit[]; begun: Visit[] }> {
  const silent: Visit[] = [];
  const begun: Visit[] = [];
  scene.play((visit) => {
    if (visit.request.startLine.includes("silent")) {
      silent.push(visit);
      return;
    }
    begun.push(visit);
    visit.socket.write(CHAT_HEAD);
    visit.socket.write(chunkOf(CHAT_LINE));
  });
  const clients = Array.from({ length: CLIENTS }, (_, index) => {
    const route = ROUTES[index % ROUTES.length] ?? "/";
    const target = index % 3 === Math.floor(index / 3) % 3 ? `${route}?silent` : route;
    return openRawClient(scene.url, post(target, '{"model":"m"}'));
  });
  const expected = clients.length;
  while (silent.length + begun.length < expected) {
    // Each answer comes after whatever the exporter had to do before.
    await (await fetch(`${scene.url}/metrics`)).text();
  }
  return { clients, silent, begun };
}

test("SIGTERM lets the streams of many clients finish and accepts nothing new", async () => {
  await using scene = await startScene({ args: ["--grace-period", "10m", "--log-requests"] });
  const { clients, silent, begun } = await openMany(scene);
  using _ = { [Symbol.dispose]: () => clients.forEach(({ socket }) => socket.destroy()) };
  expect(silent.length).toBeGreaterThan(10);

  scene.exporter.signal("SIGTERM");
  await scene.exporter.says(new RegExp(`shutting down: ${CLIENTS} running answers have 600 s`));
  await refusal(scene.url);
  const end = Buffer.concat([chunkOf(CHAT_END), Buffer.from(LAST_CHUNK)]);
  for (const { socket } of silent) socket.write(answerOf("late"));
  for (const { socket } of begun) socket.write(end);

  const bodies = await Promise.all(
    clients.map(async ({ closed }) => {
      const message = parseMessage(await closed, { kind: "response" });
      return message && String(message.body);
    }),
  );
  expect(bodies.filter((body) => body === "late")).toHaveLength(silent.length);
  expect(bodies.filter((body) => body === CHAT_LINE + CHAT_END)).toHaveLength(begun.length);
  const { code, stderr } = await scene.exporter.exited;
  expect(code).toBe(0);
  expect(stderr).not.toContain("cut");
  expect(stderr.match(/outcome=complete/g)).toHaveLength(CLIENTS);
});

test("the end of the grace period cuts the streams of many clients visibly", async () => {
  await using scene = await startScene({ args: ["--grace-period", "50ms"] });
  const { clients, silent, begun } = await openMany(scene);
  using _ = { [Symbol.dispose]: () => clients.forEach(({ socket }) => socket.destroy()) };
  scene.exporter.signal("SIGTERM");
  const { code, stderr } = await scene.exporter.exited;
  expect(code).toBe(0);
  expect(stderr).toContain(`cut ${CLIENTS} answers that were still running`);
  for (const { closed } of clients) {
    expect(parseMessage(await closed, { kind: "response", closed: true })).toBeUndefined();
  }
  await Promise.all([...silent, ...begun].map(({ closed }) => closed));
});
