import { expect, test } from "bun:test";
import { ENDLESS } from "../support/endless.ts";
import { chatSeries, expectChatSeries } from "../support/chat-series.ts";
import { scrape } from "../support/exposition.ts";
import { settled } from "../support/settled.ts";
import { startTwins } from "../support/twins.ts";

const ask = {
  model: "endless",
  messages: [{ role: "user", content: "Count the grains of sand." }],
};

test("A chat that is aborted in mid-stream stops the upstream and records no answer", async () => {
  await using twins = await startTwins([ENDLESS]);
  const { client, proxy, upstream } = twins;
  const stream = await client.chat({ ...ask, stream: true });
  let parts = 0;
  let error: unknown;
  try {
    for await (const part of stream) {
      expect(part.done).toBe(false);
      if (++parts === 5) stream.abort();
    }
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name: "AbortError" });
  await proxy.endings(1);
  expect(proxy.ended[0]).toMatchObject({ ending: "client_abort", exchange: { status: 200 } });
  await settled(upstream);
  expect(upstream.tally["/api/chat"]["endless:latest"]).toMatchObject({
    requests: 1,
    finished: 0,
    aborted: 1,
  });
  expectChatSeries(await scrape(proxy.url), chatSeries(upstream.tally));
});

test("Aborting all of a client's streams stops each of them", async () => {
  await using twins = await startTwins([ENDLESS]);
  const { client, proxy, upstream } = twins;
  const streams = await Promise.all(
    Array.from({ length: 10 }, () => client.chat({ ...ask, stream: true })),
  );
  const reading = streams.map((stream) => Array.fromAsync(stream));
  client.abort();
  for (const outcome of await Promise.allSettled(reading)) expect(outcome.status).toBe("rejected");
  await proxy.endings(10);
  await settled(upstream);
  expect(upstream.tally["/api/chat"]["endless:latest"]).toMatchObject({
    requests: 10,
    aborted: 10,
  });
  expect(proxy.running()).toBe(0);
});

test("An aborted generate stops the upstream too", async () => {
  await using twins = await startTwins([ENDLESS]);
  const { client, proxy, upstream } = twins;
  const stream = await client.generate({ model: "endless", prompt: "Count.", stream: true });
  await stream[Symbol.asyncIterator]().next();
  stream.abort();
  await proxy.endings(1);
  await settled(upstream);
  expect(upstream.tally["/api/generate"]["endless:latest"]).toMatchObject({ aborted: 1 });
});

test("A chat after an aborted one is measured as ever", async () => {
  await using twins = await startTwins([ENDLESS]);
  const { client, proxy, upstream } = twins;
  const stream = await client.chat({ ...ask, stream: true });
  await stream[Symbol.asyncIterator]().next();
  stream.abort();
  await client.chat({ ...ask, options: { num_predict: 7 } });
  await proxy.endings(2);
  await settled(upstream);
  const samples = await scrape(proxy.url);
  expectChatSeries(samples, chatSeries(upstream.tally));
  expect(samples.get('ollama_tokens_generated_total{model="endless:latest"}')).toBe(7);
});
