import { expect, test } from "bun:test";
import { scrape } from "../support/exposition.ts";
import { balanceOn, outcomesOn } from "../support/outcome-series.ts";
import { parseMessage } from "../support/http-message.ts";
import { startProxy } from "../support/proxy.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { chatRequest } from "./chat-request.ts";
import { SCRIPTS } from "./scripts.ts";

const MODEL = "m:latest";

test.each(Object.entries(SCRIPTS))(
  "The outcome of %s is one, and the right one",
  async (...row) => {
    const [, { outcome, status, answer, closeAt }] = row;
    await using upstream = await startRawUpstream(({ socket }) => answer(socket));
    await using proxy = await startProxy(upstream.url);

    using client = openRawClient(proxy.url, chatRequest("m"));
    if (closeAt !== undefined) {
      await client.until((received) => received.includes(closeAt));
      upstream.visits[0]?.socket.end();
    }
    const done = (closed: boolean): boolean =>
      parseMessage(client.received(), { kind: "response", closed }) !== undefined;
    await Promise.race([client.until(() => done(false)).catch(() => {}), client.closed]);
    await proxy.endings(1);

    const samples = await scrape(proxy.url);
    expect(outcomesOn(samples)).toEqual({ [`${MODEL} ${outcome}`]: 1 });
    expect(balanceOn(samples)).toEqual({ [MODEL]: { requests: 1, ended: 1, inFlight: 0 } });
    expect(Number(String(client.received()).split(" ")[1] ?? 0)).toBe(status);
    expect(proxy.running()).toBe(0);
  },
);

test("The outcome of a request to a port where nobody listens is upstream_unreachable", async () => {
  const upstream = await startRawUpstream(() => {});
  await upstream.stop();
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  await client.until((received) => received.includes("502"));
  await proxy.endings(1);

  expect(outcomesOn(await scrape(proxy.url))).toEqual({
    [`${MODEL} failed upstream_unreachable`]: 1,
  });
});
