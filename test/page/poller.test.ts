import { expect, test } from "bun:test";
import type { Answer } from "../../src/page/browser/fetch-scrape.ts";
import { createPoller } from "../../src/page/browser/poller.ts";

/** A poller without pauses, whose questions are answered by hand. */
function stage() {
  let asked = Promise.withResolvers<(answer?: Answer) => void>();
  let told = Promise.withResolvers<Answer | undefined>();
  let open = 0;
  const poller = createPoller({
    everyMs: 0,
    ask() {
      open++;
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      asked.resolve((answer) => {
        open--;
        if (answer) resolve(answer);
        else reject(new Error("nobody is there"));
      });
      return promise;
    },
    onAnswer(answer) {
      told.resolve(answer);
    },
  });
  return {
    poller,
    open: () => open,
    async question() {
      const answer = await asked.promise;
      asked = Promise.withResolvers();
      return answer;
    },
    async told() {
      const answer = await told.promise;
      told = Promise.withResolvers();
      return answer;
    },
  };
}

test("it asks, tells the answer, and asks again", async () => {
  const { poller, question, told } = stage();
  poller.resume();
  for (const status of [200, 500, 200]) {
    (await question())({ status });
    expect(await told()).toEqual({ status });
  }
  poller.pause();
});

test("an error is no answer, and it goes on", async () => {
  const { poller, question, told } = stage();
  poller.resume();
  (await question())();
  expect(await told()).toBeUndefined();
  (await question())({ status: 200 });
  expect(await told()).toEqual({ status: 200 });
  poller.pause();
});

test("it never asks twice at once, whoever resumes it meanwhile", async () => {
  const { poller, question, told, open } = stage();
  poller.resume();
  const answer = await question();
  poller.pause();
  poller.resume();
  poller.resume();
  expect(open()).toBe(1);
  answer({ status: 200 });
  await told();
  (await question())({ status: 200 });
  await told();
  expect(open()).toBe(0);
  poller.pause();
});
