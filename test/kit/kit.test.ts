import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { KIT_FILES } from "../../scripts/pack/kit-files.ts";
import { KIT } from "../../src/kit/kit.ts";
import { KIT_NAMES } from "../../src/kit/names.ts";
import { IMAGE, VERSION } from "../../src/version.ts";

test("The kit has every file of its folder, and all of each", async () => {
  const folder = fileURLToPath(new URL("../../src/kit/", import.meta.url));
  const files = (await readdir(folder)).filter((name) => !name.endsWith(".ts"));
  expect([...KIT_FILES.keys()].toSorted()).toEqual(files.toSorted());
  for (const [file, text] of KIT_FILES) {
    const own = filled(await Bun.file(folder + file).text());
    if (file === "compose.yml") expect(text).toStartWith(own.split(/^ +@/m)[0]!);
    else expect(text).toBe(own);
  }
});

function filled(text: string): string {
  return text.replaceAll("@VERSION@", VERSION).replaceAll("@IMAGE@", IMAGE);
}

test.each(KIT_NAMES)("%s tells the version that it came with, and ends its last line", (name) => {
  expect(KIT[name]).toContain(`ollama-exporter ${VERSION}`);
  expect(KIT[name]).not.toMatch(/@[\w-]+@/);
  expect(KIT[name]).toEndWith("\n");
});
