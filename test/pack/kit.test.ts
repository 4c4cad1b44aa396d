import { expect, test } from "bun:test";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { parseTar } from "nanotar";
import { TARGETS } from "../../scripts/build/targets.ts";
import { KIT_FILES } from "../../scripts/pack/kit-files.ts";
import { archiveName } from "../../scripts/pack/names.ts";
import { growTree } from "./project-tree.ts";

/** The files of an archive by their names. */
function unpacked(name: string, bytes: Uint8Array<ArrayBuffer>): Map<string, Uint8Array> {
  if (name.endsWith(".zip")) return new Map(Object.entries(unzipSync(bytes)));
  const files = parseTar(Bun.gunzipSync(bytes));
  return new Map(files.map((file) => [file.name, file.data ?? new Uint8Array()]));
}

test("Every archive carries the kit as it is printed, and the unit where there is systemd", async () => {
  await using tree = await growTree({ compiled: true });
  const { code } = await tree.run(["scripts/pack.ts"], { PATH: "/nonexistent" });
  expect(code).toBe(0);
  for (const target of TARGETS) {
    const archive = archiveName(target);
    const files = unpacked(archive, await Bun.file(join(tree.folder, "dist", archive)).bytes());
    for (const [name, text] of KIT_FILES) {
      const expected = name.endsWith(".service") && target.os !== "linux" ? undefined : text;
      const data = files.get(name);
      expect(data && Buffer.from(data).toString()).toBe(expected);
    }
  }
});
