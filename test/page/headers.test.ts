import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { createLivePage, type PageAbout } from "../../src/page/live-page.ts";

const ABOUT: PageAbout = { metricsPath: "/metrics", observe: ["chat"] };

const get = (about = ABOUT, method = "GET") =>
  createLivePage(about)(new Request("http://exporter/-/", { method }));

/** As a policy names a text. */
const hashOf = (text = ""): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The texts of all elements of a name, with their attributes. */
function elements(page: string, name: string): { attributes: string; text: string }[] {
  return [...page.matchAll(new RegExp(`<${name}([^>]*)>(.*?)</${name}>`, "gs"))].map(
    ([, attributes = "", text = ""]) => ({ attributes, text }),
  );
}

/** What the page tells its script. */
function aboutIn(page: string): unknown {
  const told = elements(page, "script").filter(({ attributes }) => attributes.includes("json"));
  expect(told.length).toBe(1);
  return JSON.parse(told[0]!.text);
}

test("GET answers with the page, its length and its type", async () => {
  const answer = await get();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const body = await answer.bytes();
  expect(answer.headers.get("content-length")).toBe(String(body.byteLength));
});

test("HEAD answers with the head of GET alone", async () => {
  const [head, whole] = [await get(ABOUT, "HEAD"), await get()];
  expect([...head.headers]).toEqual([...whole.headers]);
  expect(await head.text()).toBe("");
});

test("only the script and the style of the page may run, and only its origin may be asked", async () => {
  const answer = await get();
  const policy = answer.headers.get("content-security-policy")!.split("; ");
  const page = await answer.text();
  const script = elements(page, "script").find(({ attributes }) => attributes.includes("module"));
  const [style] = elements(page, "style");
  expect(policy.toSorted()).toEqual(
    [
      "default-src 'none'",
      `script-src ${hashOf(script?.text)}`,
      `style-src ${hashOf(style?.text)}`,
      "connect-src 'self'",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].toSorted(),
  );
});

test("nobody guesses its type, keeps it unasked, or is told where a reader came from", async () => {
  const { headers } = await get();
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-cache");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
});

test("the page is told what the metrics do not tell", async () => {
  const about: PageAbout = { metricsPath: "/m", clientsPort: 8000, observe: ["chat", "openai"] };
  expect(aboutIn(await (await get(about)).text())).toEqual(about);
});

test("nothing that it is told can leave its place", async () => {
  const hostile = "/</script><script>alert(1)</script><!--$&$'$`%ABOUT%\"'\u2028";
  const about: PageAbout = { ...ABOUT, metricsPath: hostile, clients: hostile };
  const answer = await get(about);
  const page = await answer.text();
  expect(elements(page, "script").length).toBe(2);
  expect(aboutIn(page)).toEqual(about);
  expect(answer.headers.get("content-security-policy")).toBe(
    (await get()).headers.get("content-security-policy"),
  );
});
