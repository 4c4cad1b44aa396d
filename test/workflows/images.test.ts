import { expect } from "bun:test";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const IMAGE = "ghcr.io/someone/gauge";
const DIGEST = `sha256:${"a".repeat(64)}`;
const JOB = { GITHUB_ACTOR: "someone", GH_TOKEN: "a-token", IMAGE, DIGEST };
const LOGIN = "docker login ghcr.io --username someone --password-stdin";

async function stageOf(): Promise<ScriptStage> {
  const stage = await createScriptStage();
  await stage.fake(
    "docker",
    `case $* in login*) [ "$(cat)" = a-token ] ;; *inspect*--format*) echo ${DIGEST} ;; esac`,
  );
  for (const script of ["image.sh", "image-smoke.sh"]) {
    await stage.write(`scripts/ci/${script}`, `echo "${script} $*" >>"$CALLS"; echo ${IMAGE}:it`);
  }
  return stage;
}

const withoutBun = (calls: readonly string[]): string[] =>
  calls.filter((call) => !call.startsWith("npx"));

testOfScript(
  "The images are pushed as a candidate, and the next jobs are told which ones",
  async () => {
    await using stage = await stageOf();
    expect(await stage.run("push-candidate.sh", [], JOB)).toMatchObject({ code: 0 });
    expect(withoutBun(await stage.calls())).toEqual([
      LOGIN,
      "image.sh --push candidate",
      `docker buildx imagetools inspect ${IMAGE}:it --format {{.Manifest.Digest}}`,
    ]);
    expect(await stage.outputs()).toBe(`image=${IMAGE}\ndigest=${DIGEST}\n`);
  },
);

testOfScript(
  "The image that is tried is the one that was pushed, whatever its tag is by now",
  async () => {
    await using stage = await stageOf();
    expect(await stage.run("smoke-candidate.sh", [], JOB)).toMatchObject({ code: 0 });
    expect(withoutBun(await stage.calls())).toEqual([LOGIN, `image-smoke.sh ${IMAGE}@${DIGEST}`]);
  },
);

testOfScript(
  "The images that were tried get the version's tag, and a release `latest`",
  async () => {
    for (const [tag, tags] of [
      ["v1.2.3", `--tag ${IMAGE}:1.2.3 --tag ${IMAGE}:latest`],
      ["v1.2.3-rc.1", `--tag ${IMAGE}:1.2.3-rc.1`],
    ]) {
      await using stage = await stageOf();
      const env = { ...JOB, GITHUB_REF_NAME: tag ?? "" };
      expect(await stage.run("publish-image.sh", [], env)).toMatchObject({ code: 0 });
      expect((await stage.calls()).slice(0, 2)).toEqual([
        LOGIN,
        `docker buildx imagetools create ${tags} ${IMAGE}@${DIGEST}`,
      ]);
    }
  },
);

testOfScript("A try builds an image and tries it, and logs in nowhere", async () => {
  await using stage = await stageOf();
  await stage.write("dist/programs/linux_arm64/ollama-exporter", "");
  expect(await stage.run("try-image.sh")).toMatchObject({ code: 0 });
  expect(withoutBun(await stage.calls())).toEqual(["image.sh try", `image-smoke.sh ${IMAGE}:it`]);
});

testOfScript(
  "The binaries of Prometheus 3 come out of its image, and its container goes",
  async () => {
    await using stage = await createScriptStage();
    await stage.fake(
      "docker",
      'case $1 in create) echo c1 ;; cp) printf "#!/bin/sh\\necho $2\\n" >"$3"; chmod +x "$3" ;; esac',
    );
    await stage.fake("npx");
    const { code, stdout } = await stage.run("prometheus3.sh");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "c1:/bin/prometheus\n" });
    const calls = await stage.calls();
    expect(calls[0]).toMatch(/^docker create prom\/prometheus:v3\.\d+\.\d+@sha256:[0-9a-f]{64}$/);
    expect(calls.at(-2)).toEndWith(" -- bun test test/prometheus test/kit");
    expect(calls.at(-1)).toBe("docker rm c1");
  },
);
