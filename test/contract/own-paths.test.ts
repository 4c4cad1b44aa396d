import { expect, test } from "bun:test";
import { fieldValues } from "../support/http-message.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { onEveryTarget, type Stage } from "./stage.ts";

/** What the exporter says of itself without asking anybody, at which path. */
const SAID = [
  ["/-/healthy", /^ollama-exporter is healthy\.\n$/],
  ["/-/ready", /^ollama-exporter is ready\.\nOllama answered \d+ s ago\.\n$/],
  ["/-/idle", /^ollama-exporter is idle\.\n$/],
] as const;

const ask = (method: string, target: string, host = "localhost"): string =>
  `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

/** Expects that the upstream gets this request and its answer comes back. */
async function expectForwarded(stage: Stage, method: string, target: string): Promise<void> {
  stage.play(({ socket }) => socket.end(answerOf("upstream's", { status: "404 Not Found" })));
  const answer = await exchange(stage.url, ask(method, target));
  expect(answer.startLine).toBe("HTTP/1.1 404 Not Found");
  expect(String(answer.body)).toBe(method === "HEAD" ? "" : "upstream's");
  expect(stage.upstream.visits.at(-1)?.request.startLine).toBe(`${method} ${target} HTTP/1.1`);
}

/** Expects that the exporter itself answers, and asks nobody. */
async function expectSaid(stage: Stage, url: string, target: string, text: RegExp): Promise<void> {
  const before = stage.upstream.visits.length;
  const told = await exchange(url, ask("GET", target));
  expect(String(told.body)).toMatch(text);
  for (const answer of [told, await exchange(url, ask("HEAD", target))]) {
    expect(answer.startLine).toBe("HTTP/1.1 200 OK");
    expect(fieldValues(answer, "content-type")).toEqual(["text/plain; charset=utf-8"]);
    expect(fieldValues(answer, "content-length")).toEqual([String(told.body.length)]);
    expect([0, told.body.length]).toContain(answer.body.length);
  }
  expect(stage.upstream.visits.length).toBe(before);
}

/** Expects the live page, which asks nobody. */
async function expectPage(stage: Stage, url: string, target: string): Promise<void> {
  const before = stage.upstream.visits.length;
  const page = await exchange(url, ask("GET", target));
  const head = await exchange(url, ask("HEAD", target));
  for (const answer of [page, head]) {
    expect(answer.startLine).toBe("HTTP/1.1 200 OK");
    expect(fieldValues(answer, "content-type")).toEqual(["text/html; charset=utf-8"]);
    expect(fieldValues(answer, "content-length")).toEqual([String(page.body.length)]);
    expect(fieldValues(answer, "content-security-policy")[0]).toStartWith("default-src 'none'; ");
  }
  expect(String(page.body)).toStartWith("<!doctype html>");
  expect(head.body.length).toBe(0);
  expect(stage.upstream.visits.length).toBe(before);
}

onEveryTarget("The exporter", (stage) => {
  test("has the live page at /-/, and leaves / to the upstream", async () => {
    await expectPage(stage, stage.url, "/-/");
    await expectPage(stage, stage.url, "/-/?a=b");
    await expectForwarded(stage, "GET", "/");
  });

  test.each(SAID)("answers GET and HEAD of %s without asking the upstream", async (path, text) => {
    for (const query of ["", "?", "?a=b", "?path=/api/tags"]) {
      await expectSaid(stage, stage.url, path + query, text);
    }
  });

  test.each([
    ["GET", "/-"],
    ["GET", "/-/index.html"],
    ["POST", "/-/"],
    ["GET", "/-/healthy/"],
    ["GET", "/-/healthyz"],
    ["GET", "/-/ready/"],
    ["POST", "/-/ready"],
    ["GET", "/-/idle/x"],
    ["DELETE", "/-/idle"],
    ["GET", "/-/Healthy"],
    ["HEAD", "/-/other?healthy"],
    ["GET", "/healthy"],
    ["GET", "/base/-/healthy"],
    ["POST", "/-/healthy"],
    ["DELETE", "/-/healthy"],
    ["OPTIONS", "/-/healthy"],
  ])("forwards %s %s", async (method, target) => {
    await expectForwarded(stage, method, target);
  });

  test.each(SAID)("does not answer GET %s for a foreign Host", async (path) => {
    const answer = await exchange(stage.url, ask("GET", path, "evil.example"));
    expect(answer.startLine).toContain(" 403 ");
  });
});

onEveryTarget(
  "The exporter with --metrics-listen",
  (stage) => {
    const metricsUrl = async (): Promise<string> => {
      const [, url = ""] = await stage.exporter.says(/point Prometheus at (\S+)\/metrics/);
      return url;
    };

    test.each(SAID)("answers GET and HEAD of %s there", async (path, text) => {
      await expectSaid(stage, await metricsUrl(), path, text);
      await expectSaid(stage, await metricsUrl(), `${path}?a=b`, text);
    });

    test("has the live page there, at / as well", async () => {
      for (const path of ["/-/", "/"]) await expectPage(stage, await metricsUrl(), path);
    });

    test.each(["/", "/-/", "/-/healthy", "/-/ready", "/-/idle", "/-/healthy?a=b", "/metrics"])(
      "forwards GET %s on the proxy's port like any other path",
      async (target) => {
        await expectForwarded(stage, "GET", target);
      },
    );

    test("has nothing else under /-/ there", async () => {
      const url = await metricsUrl();
      const before = stage.upstream.visits.length;
      for (const [method, target] of [
        ["GET", "/-"],
        ["GET", "/-/healthy/"],
        ["POST", "/-/other"],
      ] as const) {
        expect((await exchange(url, ask(method, target))).startLine).toContain(" 404 ");
      }
      expect(stage.upstream.visits.length).toBe(before);
    });

    test("does not say it there to a foreign Host", async () => {
      const answer = await exchange(await metricsUrl(), ask("GET", "/-/healthy", "evil.example"));
      expect(answer.startLine).toContain(" 403 ");
    });
  },
  ["--metrics-listen", "127.0.0.1:0"],
);
