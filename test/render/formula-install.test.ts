import { expect } from "bun:test";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { homebrewFormula } from "../../scripts/render/homebrew-formula.ts";
import { stubbedBrew } from "./formula-stub.ts";
import { madeUpChecksums } from "./made-up.ts";
import { testWithRuby as test } from "./test-with-ruby.ts";

const FORMULA = homebrewFormula(madeUpChecksums());
const { name } = PROJECT;

const PRINTING = `#!/bin/sh
printf '[%s][%s][%s]\\n' "\${A-unset}" "\${B-unset}" "\${C-unset}"
`;

test("The service runs a file of the formula, and the caveats tell where its settings are", async () => {
  await using brew = await stubbedBrew(FORMULA);
  const { service, caveats } = await brew.evaluate("linux", "intel");
  expect(service).toEqual({
    // A path and nothing else: systemd would replace a $ or a % in it.
    run: `${brew.prefix}/opt/${name}/libexec/${name}-service`,
    keep_alive: true,
    working_dir: `${brew.prefix}/var`,
    log_path: `${brew.prefix}/var/log/${name}.log`,
    error_log_path: `${brew.prefix}/var/log/${name}.log`,
  });
  expect(caveats).toContain(brew.settings);
});

test("The service gives the program the variables of its settings, of which nothing is expanded", async () => {
  await using brew = await stubbedBrew(FORMULA);
  await brew.install({ [name]: PRINTING, [`${name}.env`]: "# A comment\nA=1\n\n#B=2\n" });
  const { service } = await brew.evaluate("linux", "intel");
  const run = (): string => Bun.spawnSync([service.run], { env: {} }).stdout.toString();
  expect(run()).toBe("[1][unset][unset]\n");
  const url = "http://me:$HOME`id`\\\\*@box:1/?a=b&c;d#e";
  await writeFile(brew.settings, `  A=${url}  \nB="two 'words'"\nno variable\nC='it"s`);
  expect(run()).toBe(`[${url}][two 'words']['it"s]\n`);
  await Bun.file(brew.settings).delete();
  expect(run()).toBe("[unset][unset][unset]\n");
});

test("The service does not start with a variable that cannot be one", async () => {
  await using brew = await stubbedBrew(FORMULA);
  await brew.install({ [name]: PRINTING, [`${name}.env`]: "A B=1\n" });
  const { service } = await brew.evaluate("linux", "intel");
  const { success, stdout, stderr } = Bun.spawnSync([service.run]);
  expect({ success, stdout: stdout.toString() }).toEqual({ success: false, stdout: "" });
  expect(stderr.toString()).toContain("A B");
});

test("An upgrade keeps the settings that a user has changed", async () => {
  await using brew = await stubbedBrew(FORMULA);
  await brew.install({ [name]: "#!/bin/sh\n", [`${name}.env`]: "# first\n" });
  await writeFile(brew.settings, "A=mine\n");
  await brew.install({ [name]: "#!/bin/sh\nnew\n", [`${name}.env`]: "# second\n" });
  expect(await readFile(brew.settings, "utf8")).toBe("A=mine\n");
  expect(await readFile(`${brew.settings}.default`, "utf8")).toBe("# second\n");
  expect(await readdir(join(brew.prefix, "etc"))).toHaveLength(2);
  const installed = join(brew.prefix, "opt", name, "bin", name);
  expect(await readFile(installed, "utf8")).toContain("new");
  expect((await stat(installed)).mode & 0o111).toBe(0o111);
});
