import { describe, expect, test } from "bun:test";
import { PROJECT } from "../scripts/build/project.ts";
import { withAddresses } from "../scripts/readme/with-addresses.ts";

const readme = await Bun.file(new URL("../README.md", import.meta.url)).text();

test("The README's addresses and version are those of package.json: bun run fix makes them so", () => {
  expect(withAddresses(readme, PROJECT)).toBe(readme);
});

test("A fork's README leads to nobody but the fork", () => {
  const fork = withAddresses(readme, {
    ...PROJECT,
    repository: "someone/gauge",
    brewTap: "someone/taps",
    image: "ghcr.io/someone/gauge",
    version: "7.8.9-rc.1",
  } as unknown as typeof PROJECT);
  expect(fork).not.toContain("ollama-exporter/ollama-exporter");
  expect(fork).not.toContain("ollama-exporter/tap");
  expect(fork).not.toContain("0.1.0");
  expect(fork).toContain("https://github.com/someone/gauge/releases/latest/download/install.sh");
  expect(fork).toContain("/v7.8.9-rc.1/ollama-exporter_7.8.9-rc.1_amd64.deb");
  expect(fork).toContain("brew install someone/taps/ollama-exporter");
  expect(fork).toContain("ghcr.io/someone/gauge --upstream");
});

describe("A README that was renewed for", () => {
  for (const [what, change] of [
    ["a release candidate", { version: "0.2.0-rc.1" }],
    ["a fork with a dot in its name", { repository: "Acme-Corp/llm.exporter" }],
    ["an image with a dot in its name", { image: "ghcr.io/acme-corp/llm.exporter" }],
    ["a tap with a dot in its name", { brewTap: "acme/my.tap" }],
  ] as const) {
    test(`${what} changes no more for it, and leads back again`, () => {
      const changed = { ...PROJECT, ...change } as unknown as typeof PROJECT;
      const once = withAddresses(readme, changed);
      expect(once).not.toBe(readme);
      expect(withAddresses(once, changed)).toBe(once);
      expect(withAddresses(once, PROJECT)).toBe(readme);
    });
  }
});
