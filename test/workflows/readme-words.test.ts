import { expect } from "bun:test";
import manifest from "../../package.json" with { type: "json" };
import { createScriptStage, testOfScript } from "./script-stage.ts";

testOfScript(
  "A command of the README is found in a block, in a sentence and in a table",
  async () => {
    await using stage = await createScriptStage();
    await stage.write(
      "README.md",
      "```sh\nbrew install a/b/c # so\n```\n\nsay `brew services start c`, then\n\n| x | `brew stop c`, `brew uninstall c` |\n",
    );
    for (const [start, words] of [
      ["brew install", "brew install a/b/c # so"],
      ["brew services start", "brew services start c"],
      ["brew uninstall", "brew uninstall c"],
    ] as const) {
      expect(await stage.run("readme-words.sh", [start])).toMatchObject({ stdout: `${words}\n` });
    }
    expect(await stage.run("readme-words.sh", ["brew upgrade"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "the README has no command that begins with: brew upgrade\n",
    });
  },
);

const STARTS = [
  "brew install",
  "brew services start",
  "brew services stop",
  "sudo brew services start",
  "sudo brew services stop",
  "brew uninstall",
  'rm "$(brew --prefix)',
  "curl -fsSL",
  "sha256sum --check",
  "shasum -a 256 --check",
  "curl -fLO",
  "sudo apt install",
  "sudo apt purge",
  "sudo systemctl restart",
  "journalctl -u",
  "gh attestation verify",
  "gh attestation verify oci://",
  "xattr -d",
  "rm ~/.local/bin/ollama-exporter",
  "docker run",
  "docker rm",
  "scoop install",
  "scoop uninstall",
  "Unblock-File",
  "Register-ScheduledTask",
  "Start-ScheduledTask",
  "Stop-ScheduledTask",
  "Unregister-ScheduledTask",
];

testOfScript("The README has every command that the release workflow takes from it", async () => {
  await using stage = await createScriptStage();
  for (const start of STARTS) {
    expect(await stage.run("readme-words.sh", [start]), start).toMatchObject({ code: 0 });
  }
});

testOfScript("The scripts take the Bun of package.json from npm", async () => {
  await using stage = await createScriptStage();
  await stage.fake("npx");
  await stage.run("with-bun.sh", ["bun", "test", "-t", "on binary"]);
  const version = manifest.engines.bun.replace(">=", "");
  expect(await stage.calls()).toEqual([
    `npx --yes --package bun@${version} -- bun test -t on binary`,
  ]);
});
