import { expect } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const { name, version, repository, image } = PROJECT;
const ARCHIVE = `${name}_${version}_linux_x64.tar.gz`;

/** A release that is out: its installer installs a program that says a version. */
async function stageOf(system: string, says = version): Promise<ScriptStage> {
  const stage = await createScriptStage();
  const program = `#!/bin/sh\\necho ${name} ${says}\\n`;
  await stage.fake(
    "curl",
    `case $* in
      *install.sh) echo 'bin=~/.local/bin; mkdir -p $bin; printf "${program}" >$bin/${name}; chmod +x $bin/${name}' ;;
      *metrics) echo 'ollama_exporter_build_info{} 1' ;;
    esac`,
  );
  await stage.fake("uname", `echo ${system}`);
  await stage.fake(
    "gh",
    `case $1 in release) while [ "$1" != --dir ]; do shift; done; cd "$2"; printf "${program}" >${name}
      chmod +x ${name}; tar -czf ${name}_${version}_darwin_arm64.tar.gz ${name}; rm ${name} ;; esac`,
  );
  await stage.fake("sha256sum");
  await stage.fake("shasum");
  await stage.fake("sudo", 'read -r said || true; echo "said $said" >>"$CALLS"');
  await stage.fake("dpkg", "echo arm64");
  // What "-d" takes away "-p" does not find.
  await stage.fake("xattr", "[ $1 != -p ]");
  return stage;
}

async function callsOf(stage: ScriptStage): Promise<string[]> {
  return (await stage.calls()).filter((call) => !/^(uname|dpkg)/.test(call));
}

const release = [
  expect.stringMatching(/^curl -fsSL https:\S+\/releases\/latest\/download\/install\.sh$/),
  expect.stringContaining(`gh release download v${version} --dir `),
];
const attestation = `gh attestation verify ${ARCHIVE} --repo ${repository} `;

testOfScript(
  "On Linux the README's installer, package, verification and removal are run word by word",
  async () => {
    await using stage = await stageOf("Linux");
    expect(await stage.run("readme-unix.sh")).toMatchObject({ code: 0, stderr: "" });
    expect(await callsOf(stage)).toEqual([
      ...release,
      "sha256sum --check --ignore-missing checksums.txt",
      expect.stringMatching(/^curl -fLO https:\S+\/ollama-exporter_[\w.-]+_arm64\.deb$/),
      `sudo apt install ./${name}_${version}_arm64.deb`,
      "said ",
      expect.stringMatching(/^curl .* http:\/\/127\.0\.0\.1:8000\/metrics$/),
      `sudo apt purge ${name}`,
      "said y",
      attestation.trim(),
    ]);
  },
);

testOfScript("On macOS the README's words for macOS are taken, quarantine included", async () => {
  await using stage = await stageOf("Darwin");
  expect(await stage.run("readme-unix.sh")).toMatchObject({ code: 0, stderr: "" });
  expect(await callsOf(stage)).toEqual([
    ...release,
    "shasum -a 256 --check --ignore-missing checksums.txt",
    expect.stringMatching(/^xattr -w com\.apple\.quarantine /),
    `xattr -d com.apple.quarantine ./${name}`,
    expect.stringMatching(/^xattr -p com\.apple\.quarantine /),
    attestation.trim(),
  ]);
});

testOfScript("A program that stays in quarantine is a failure", async () => {
  await using stage = await stageOf("Darwin");
  await stage.fake("xattr");
  const { code, stderr } = await stage.run("readme-unix.sh");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "it is still in quarantine\n" });
});

testOfScript("An installer that installs another version is a failure", async () => {
  await using stage = await stageOf("Linux", "0.0.1");
  expect(await stage.run("readme-unix.sh")).toMatchObject({ code: 1 });
});

testOfScript("The README's image is verified, and its container started and removed", async () => {
  await using stage = await createScriptStage();
  await stage.fake("gh");
  await stage.fake("docker", "[ $1 != inspect ]");
  await stage.fake("curl", "echo 'ollama_exporter_build_info{} 1'");
  expect(await stage.run("readme-docker.sh")).toMatchObject({ code: 0, stderr: "" });
  expect((await stage.calls()).filter((call) => !call.startsWith("curl"))).toEqual([
    `gh attestation verify oci://${image} --repo ${repository}`,
    expect.stringMatching(/^docker run -d --name ollama-exporter .* --upstream /),
    `docker rm -f ${name}`,
    `docker inspect ${name}`,
  ]);
});

testOfScript("A container that does not answer is shown and removed", async () => {
  await using stage = await createScriptStage();
  for (const program of ["gh", "docker"]) await stage.fake(program);
  await stage.fake("curl", "exit 1");
  expect(await stage.run("readme-docker.sh")).toMatchObject({ code: 1 });
  expect((await stage.calls()).slice(-2)).toEqual([
    `docker logs ${name}`,
    `docker rm --force ${name}`,
  ]);
});
