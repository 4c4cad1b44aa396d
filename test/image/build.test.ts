import { describe, expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { setScene } from "./scene.ts";

const PROGRAMS = ["linux_x64-baseline/ollama-exporter", "linux_arm64/ollama-exporter"] as const;
const BOTH = "--platform linux/amd64,linux/arm64";
const LABELS = ["description", "source", "version", "revision", "licenses"] as const;

/** bash 3 of macOS lacks what the scripts use; they are for Linux. */
describe.skipIf(process.platform !== "linux")("scripts/ci/image.sh", () => {
  test("builds both architectures and keeps this machine's", async () => {
    await using scene = await setScene(PROGRAMS);
    const { code, stdout } = await scene.run("image.sh", ["1.2.3", "latest"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${PROJECT.image}:1.2.3\n${PROJECT.image}:latest\n`,
    });
    const [create, both, own, remove, ...others] = await scene.calls();
    expect(others).toEqual([]);
    expect(create).toBe("buildx create --driver docker-container");
    for (const build of [both, own]) {
      expect(build).toStartWith("buildx build --builder a-builder ");
      expect(build).toContain(` --file scripts/image/Dockerfile `);
      expect(build).toContain(` --build-arg VERSION=${PROJECT.version} `);
      expect(build).toContain(` --build-arg DESCRIPTION=${PROJECT.description} `);
      expect(build).toContain(` --build-arg SOURCE=${PROJECT.home} `);
      expect(build).toContain(` --tag ${PROJECT.image}:1.2.3 --tag ${PROJECT.image}:latest `);
      expect(build).toEndWith(" dist/programs");
      expect(build).not.toMatch(/--push|--annotation/);
    }
    expect(both).toContain(` ${BOTH} --output type=cacheonly `);
    expect(own).toContain(" --load ");
    expect(own).not.toContain("--platform");
    expect(remove).toBe("buildx rm a-builder");
  });

  test("pushes both architectures, with what registries show on their index", async () => {
    await using scene = await setScene(PROGRAMS);
    const { code, stdout } = await scene.run("image.sh", ["--push", "candidate"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${PROJECT.image}:candidate\n` });
    const [, build, remove, ...others] = await scene.calls();
    expect([remove, ...others]).toEqual(["buildx rm a-builder"]);
    expect(build).toContain(` ${BOTH} --push dist/programs`);
    for (const label of LABELS) {
      expect(build).toContain(` --annotation index:org.opencontainers.image.${label}=`);
    }
  });

  test("fails, and leaves no builder, when a build fails", async () => {
    await using scene = await setScene(PROGRAMS);
    const { code, stdout } = await scene.run("image.sh", ["try"], { PLAYED_FAILURE: "yes" });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect((await scene.calls()).at(-1)).toBe("buildx rm a-builder");
  });

  test("names a program that is not there", async () => {
    await using scene = await setScene(PROGRAMS.slice(0, 1));
    const { code, stderr } = await scene.run("image.sh", ["try"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "there is no dist/programs/linux_arm64/ollama-exporter: run bun run build:all\n",
    });
    expect(await scene.calls()).toEqual([]);
  });

  test.each([[[]], [["--push"]], [["--pull", "try"]], [["ghcr.io/x/y:try"]], [["a b"]]])(
    "refuses the arguments %j",
    async (args) => {
      await using scene = await setScene(PROGRAMS);
      const { code, stderr } = await scene.run("image.sh", args);
      expect(code).toBe(2);
      expect(stderr).toStartWith("usage: scripts/ci/image.sh [--push] TAG...");
      expect(await scene.calls()).toEqual([]);
    },
  );
});
