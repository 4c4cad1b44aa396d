import { expect, test } from "bun:test";
import { APIS } from "../../src/apis.ts";
import { findDialect } from "../../src/dialects/all.ts";
import { scrape } from "../support/exposition.ts";
import { balanceOn, outcomesOn } from "../support/outcome-series.ts";
import { startProxy } from "../support/proxy.ts";
import { recordings } from "../support/recordings.ts";
import { recordingOf, replay, replayCut } from "../support/replay.ts";
import { startReplayUpstream } from "../support/replay-upstream.ts";
import { modelOf } from "./recorded-chat.ts";
import { CHAT_OUTCOMES, OTHER_OUTCOMES } from "./outcomes.ts";

const ALL = { ...CHAT_OUTCOMES, ...OTHER_OUTCOMES };

test("Every recorded request for an answer has a name that says its outcome", () => {
  const asking = recordings().filter(({ method, path }) => findDialect(method, path));
  expect(asking.map(({ name }) => name).toSorted()).toEqual(Object.keys(ALL).toSorted());
});

test.each(Object.entries(ALL))("The recording %s is %s, and nothing else", async (...row) => {
  const [name, outcome] = row;
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url, { observe: APIS });
  const recording = recordingOf(name);

  await (recording.complete ? replay : replayCut)(proxy.url, upstream, recording);
  await proxy.endings(1);

  expect(upstream.mismatches).toEqual([]);
  const model = modelOf(recording);
  const samples = await scrape(proxy.url);
  expect(outcomesOn(samples)).toEqual({ [`${model} ${outcome}`]: 1 });
  expect(balanceOn(samples)).toEqual({ [model]: { requests: 1, ended: 1, inFlight: 0 } });
});

test.each(Object.keys(OTHER_OUTCOMES))(
  "The recording %s is not measured by default, and its API is told of",
  async (name) => {
    await using upstream = await startReplayUpstream();
    await using proxy = await startProxy(upstream.url);
    const recording = recordingOf(name);

    await replay(proxy.url, upstream, recording);
    await proxy.endings(1);

    expect(balanceOn(await scrape(proxy.url))).toEqual({});
    const api = findDialect(recording.method, recording.path)?.api;
    expect(proxy.unmeasured).toEqual(api ? [api] : []);
  },
);
