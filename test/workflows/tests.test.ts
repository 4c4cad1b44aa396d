import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { ROOT } from "../../scripts/build/root.ts";
import { createScriptStage, testOfScript } from "./script-stage.ts";

/** What the script has Bun do on a system of that name. */
async function commandsOn(system: string): Promise<string[]> {
  await using stage = await createScriptStage();
  await stage.fake("npx");
  await stage.fake("uname", `echo ${system}`);
  expect(await stage.run("tests.sh")).toMatchObject({ code: 0 });
  const calls = (await stage.calls()).filter((call) => call.startsWith("npx"));
  return calls.map((call) => call.replace(/^.* -- bun /, ""));
}

testOfScript(
  "Everywhere but on Windows the whole gate is run, and the program is tried",
  async () => {
    for (const system of ["Linux", "Darwin"]) {
      expect(await commandsOn(system)).toEqual([
        "run check",
        "run build",
        "scripts/smoke.ts dist/ollama-exporter",
      ]);
    }
  },
);

testOfScript(
  "On Windows the tests of all folders are run that there are and that need no signals",
  async () => {
    const [install, ...commands] = await commandsOn("MINGW64_NT-10.0-26100");
    expect(install).toBe("install --frozen-lockfile --silent");
    expect(commands.slice(0, 3)).toEqual(["run format", "run lint", "run types"]);
    const folders = commands[3]?.replace(/^test /, "").split(" ") ?? [];
    expect(folders.length).toBeGreaterThan(9);
    for (const folder of folders) expect(existsSync(ROOT + folder), folder).toBe(true);
    expect(commands.slice(4)).toEqual(["run build", "scripts/smoke.ts dist/ollama-exporter.exe"]);
  },
);
