import { expect } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const { name, version, repository, image } = PROJECT;
const ARCHIVE = `${name}_${version}_linux_x64.tar.gz`;

/** A release that is out: its installer installs a program that says a version. */
async function stageOf(says = version): Promise<ScriptStage> {
  const stage = await createScriptStage();
  const program = `#!/bin/sh\\necho ${name} ${says}\\n`;
  await stage.fake(
    "curl",
    `echo 'bin=~/.local/bin; mkdir -p $bin; printf "${program}" >$bin/${name}; chmod +x $bin/${name}'`,
  );
  await stage.fake("gh");
  await stage.fake("sha256sum");
  await stage.fake("shasum");
  return stage;
}

const verification = [
  `gh release download v${version} --dir `,
  `sha256sum --check --ignore-missing checksums.txt`,
  `gh attestation verify ${ARCHIVE} --repo ${repository}`,
];

testOfScript("The README's installer, verification and removal are run word by word", async () => {
  await using stage = await stageOf();
  await stage.fake("uname", "echo Linux");
  expect(await stage.run("readme-unix.sh")).toMatchObject({ code: 0, stderr: "" });
  const calls = (await stage.calls()).filter((call) => !call.startsWith("uname"));
  expect(calls[0]).toMatch(/^curl -fsSL https:\S+\/releases\/latest\/download\/install\.sh$/);
  expect(calls.slice(1)).toEqual(verification.map((call) => expect.stringContaining(call)));
});

testOfScript("On macOS the README's words for macOS are taken", async () => {
  await using stage = await stageOf();
  await stage.fake("uname", "echo Darwin");
  expect(await stage.run("readme-unix.sh")).toMatchObject({ code: 0, stderr: "" });
  expect(await stage.calls()).toContain("shasum -a 256 --check --ignore-missing checksums.txt");
});

testOfScript("An installer that installs another version is a failure", async () => {
  await using stage = await stageOf("0.0.1");
  expect(await stage.run("readme-unix.sh")).toMatchObject({ code: 1 });
});

testOfScript("The README's container is started word by word, asked and removed", async () => {
  await using stage = await createScriptStage();
  await stage.fake("docker");
  await stage.fake("curl", "echo 'ollama_exporter_build_info{} 1'");
  expect(await stage.run("readme-docker.sh")).toMatchObject({ code: 0, stderr: "" });
  const [run = "", ...rest] = await stage.calls();
  expect(run).toStartWith("docker run -d --name ollama-exporter ");
  expect(run).toContain(` ${image} --upstream `);
  expect(rest.filter((call) => call.startsWith("docker"))).toEqual([
    "docker logs ollama-exporter",
    "docker rm --force ollama-exporter",
  ]);
});
