import { expect } from "bun:test";
import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const { name, version, brewTap } = PROJECT;
const FORMULA = `class OllamaExporter < Formula\n  license "MIT"\n  version "${version}"\nend\n`;

/** A Homebrew that installs a program and starts it, as far as the script can see. */
async function stageOf(): Promise<ScriptStage> {
  const stage = await createScriptStage();
  const tap = join(stage.folder, "the-tap");
  await stage.write(`the-tap/Formula/${name}.rb`, FORMULA);
  await stage.write(`dist/${name}.rb`, FORMULA);
  await stage.write(`etc/${name}.env`, "");
  await stage.fake(
    "brew",
    `case $* in
      tap) echo aws/tap ;;
      --repository*) echo ${tap} ;;
      --prefix) echo ${stage.folder} ;;
      "list --versions"*) echo "${name} ${version}_1" ;;
      list*) exit 1 ;;
      "services start"*) touch ${stage.folder}/serves ;;
      "services stop"*) rm ${stage.folder}/serves ;;
    esac`,
  );
  await stage.fake("sudo", '"$@"');
  await stage.fake(name, `echo "${name} ${version}"`);
  await stage.fake(
    "curl",
    `[ -e ${stage.folder}/serves ] && echo 'ollama_exporter_build_info{version="${version}"} 1'`,
  );
  return stage;
}

const brews = (calls: readonly string[]): string[] =>
  calls.filter((call) => call.startsWith("brew")).map((call) => call.slice("brew ".length));

const README = [
  `install ${brewTap}/${name}`,
  `test ${brewTap}/${name}`,
  `--repository ${brewTap}`,
  `upgrade ${brewTap}/${name}`,
  `list --versions ${name}`,
  `services start ${name}`,
  `services stop ${name}`,
  `services start ${name} --sudo-service-user=somebody`,
  `services stop ${name}`,
  `uninstall ${name}`,
  "--prefix",
  `list ${name}`,
];

testOfScript(
  "With the formula in the tap, the README's words are all that is said to it",
  async () => {
    await using stage = await stageOf();
    const { code, stderr } = await stage.run("brew.sh", [], {
      TAP_PUSHED: "true",
      USER: "somebody",
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(brews(await stage.calls())).toEqual([
      "update",
      "tap",
      "untap --force aws/tap",
      ...README,
    ]);
    const formula = await Bun.file(join(stage.folder, `the-tap/Formula/${name}.rb`)).text();
    expect(formula).toBe(FORMULA.replace('"MIT"\n', '"MIT"\n  revision 1\n'));
  },
);

testOfScript(
  "Without it, the same words are tried on a tap of this machine, which is trusted first",
  async () => {
    await using stage = await stageOf();
    expect(await stage.run("brew.sh", [], { TAP_PUSHED: "false", USER: "somebody" })).toMatchObject(
      { code: 0 },
    );
    expect(brews(await stage.calls())).toEqual([
      "update",
      "tap",
      "untap --force aws/tap",
      expect.stringMatching(new RegExp(`^tap ${brewTap} /`)),
      `trust --formula ${brewTap}/${name}`,
      ...README,
    ]);
  },
);

testOfScript("Homebrew sees none of the runner's settings, and asks for trust", async () => {
  await using stage = await stageOf();
  await stage.fake("brew", 'env | grep ^HOMEBREW_ >&2; [ "$1" != update ]');
  const { code, stderr } = await stage.run("brew.sh", [], {
    TAP_PUSHED: "true",
    HOMEBREW_NO_AUTO_UPDATE: "1",
    HOMEBREW_NO_REQUIRE_TAP_TRUST: "1",
  });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "HOMEBREW_REQUIRE_TAP_TRUST=1\n" });
});

testOfScript("A service that still answers when it has been stopped is a failure", async () => {
  await using stage = await stageOf();
  await stage.fake("rm");
  const { code, stderr } = await stage.run("brew.sh", [], { TAP_PUSHED: "true", USER: "somebody" });
  expect(code).toBe(1);
  expect(stderr).toContain("it still answers after brew services stop");
});
