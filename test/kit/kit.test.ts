import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { KIT, KIT_NAMES } from "../../src/kit/kit.ts";
import { VERSION } from "../../src/version.ts";

test("The kit has every file of its folder, and all of each", async () => {
  const folder = fileURLToPath(new URL("../../src/kit/", import.meta.url));
  const files = (await readdir(folder)).filter((name) => !name.endsWith(".ts"));
  expect(files.map((name) => name.replace(/\.\w+$/, "")).toSorted()).toEqual(
    [...KIT_NAMES].toSorted(),
  );
  for (const file of files) {
    const text = await Bun.file(folder + file).text();
    const name = KIT_NAMES.find((one) => file.startsWith(`${one}.`))!;
    expect(KIT[name]).toBe(text.replaceAll("@VERSION@", VERSION));
  }
});

test.each(KIT_NAMES)("%s tells the version that it came with, and ends its last line", (name) => {
  expect(KIT[name]).toContain(`ollama-exporter ${VERSION}`);
  expect(KIT[name]).not.toContain("@VERSION@");
  expect(KIT[name]).toEndWith("\n");
});
