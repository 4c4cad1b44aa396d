import { expect, test } from "bun:test";
import { clientsAddress } from "../../src/page/browser/about.ts";
import { intervalOf } from "../../src/page/browser/interval.ts";

const ABOUT = { metricsPath: "/metrics", observe: ["chat"] };
const at = (url: string): Pick<Location, "origin" | "hostname"> => new URL(url);

test.each([
  [{}, "http://gpu-box:8000/-/", "http://gpu-box:8000"],
  [{}, "https://gpu-box/-/", "https://gpu-box"],
  [{ clientsPort: 8000 }, "https://gpu-box:9877/", "http://gpu-box:8000"],
  [{ clientsPort: 8000 }, "http://[::1]:9877/", "http://[::1]:8000"],
  [{ clients: "http://ollama.lan" }, "http://gpu-box:9877/", "http://ollama.lan"],
])("with %j, clients of a page at %s use %s", (told, url, address) => {
  expect(clientsAddress({ ...ABOUT, ...told }, at(url))).toBe(address);
});

test.each([
  ["", 5],
  ["?every=1s", 1],
  ["?every=30s", 30],
  ["?every=0s", 1],
  ["?every=3600s", 60],
  ["?every=5", 5],
  ["?every=-1s", 5],
  ["?every=1e9s", 5],
])("the query %j asks for a scrape every %d seconds", (query, seconds) => {
  expect(intervalOf(query)).toBe(seconds);
});
