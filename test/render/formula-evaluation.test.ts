import { expect } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { homebrewFormula } from "../../scripts/render/homebrew-formula.ts";
import { stubbedBrew } from "./formula-stub.ts";
import { madeUpChecksums, madeUpSum } from "./made-up.ts";
import { testWithRuby as test } from "./test-with-ruby.ts";

const FORMULA = homebrewFormula(madeUpChecksums());
const { home, name, tag, version } = PROJECT;

/** A program that has a version and a page. It ends by itself if the formula's test leaves it. */
const answering = (said: string, pidFile: string): string => `#!${process.execPath}
const [first, port] = process.argv.slice(2);
if (first === "--version") console.log("${name} ${version} (0123456789ab)");
else {
  setTimeout(() => process.exit(), 10_000);
  await Bun.write(${JSON.stringify(pidFile)}, String(process.pid));
  Bun.serve({
    hostname: "127.0.0.1",
    port: Number(port.split(":")[1]),
    fetch: () => new Response('ollama_exporter_build_info{version="${said}",runtime="bun"} 1'),
  });
}
`;

test("Ruby finds nothing to say about the formula", async () => {
  await using brew = await stubbedBrew(FORMULA);
  const { stdout, stderr } = Bun.spawnSync(["ruby", "-wc", brew.formula]);
  expect(Buffer.concat([stdout, stderr]).toString()).toBe("Syntax OK\n");
});

for (const [system, arch, target] of [
  ["macos", "arm", "darwin_arm64"],
  ["macos", "intel", "darwin_x64"],
  ["linux", "arm", "linux_arm64"],
  ["linux", "intel", "linux_x64-baseline"],
] as const) {
  test(`On ${system} on ${arch} the formula installs ${target}`, async () => {
    await using brew = await stubbedBrew(FORMULA);
    expect(await brew.evaluate(system, arch)).toMatchObject({
      class: "OllamaExporter",
      url: `${home}/releases/download/${tag}/${name}_${version}_${target}.tar.gz`,
      sha256: madeUpSum(target),
      version,
      livecheck: { url: "stable", strategy: "github_latest" },
    });
  });
}

for (const [said, ending] of [
  [version, "passes with a program that says its version on its page"],
  ["9.9.9", "fails with a page of another version"],
] as const) {
  test(`The formula's own test ${ending}, and ends the program`, async () => {
    await using brew = await stubbedBrew(FORMULA);
    const pidFile = join(brew.prefix, "pid");
    await brew.install({ [name]: answering(said, pidFile), [`${name}.env`]: "" });
    const failure = await brew.test();
    if (said === version) expect(failure).toBe("");
    else expect(failure).toMatch(/9\.9\.9.* lacks .*ollama_exporter_build_info/);
    const pid = Number(await readFile(pidFile, "utf8"));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
}
