import { describe, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { programPath, PROGRAMS } from "../../scripts/build/programs.ts";
import { ROOT } from "../../scripts/build/root.ts";
import { TARGETS, type TargetName } from "../../scripts/build/targets.ts";
import { readDockerfile } from "./dockerfile.ts";

const text = await readFile(`${ROOT}scripts/image/Dockerfile`, "utf8");
const PROGRAM = "/usr/local/bin/ollama-exporter";

const ARCHITECTURES = [
  ["amd64", "linux_x64-baseline"],
  ["arm64", "linux_arm64"],
] as const satisfies readonly (readonly [string, TargetName])[];

describe.each(ARCHITECTURES)("The image for %s", (architecture, name) => {
  const image = readDockerfile(text, architecture);

  test(`carries ${name} and nothing else`, () => {
    const target = TARGETS.find((row) => row.name === name);
    if (target === undefined) throw new Error(`there is no target ${name}`);
    expect([...image.copied]).toEqual([[programPath(target).slice(PROGRAMS.length), PROGRAM]]);
  });

  test("stands on distroless with glibc alone", () => {
    expect(image.base).toBe("gcr.io/distroless/base-nossl-debian13:nonroot");
  });

  test("listens on every interface, and says on which port", () => {
    expect(image.env["OLLAMA_EXPORTER_LISTEN"]).toBe(":8000");
    expect(image.exposed).toEqual(["8000"]);
  });

  test("runs as a user that Kubernetes sees is not root, where every user may be", () => {
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(image.workdir).toBe("/");
  });

  test("starts the program, and asks it for its health, without a shell", () => {
    expect(image.entrypoint).toEqual([PROGRAM]);
    expect(image.healthcheck).toEqual([PROGRAM, "healthcheck"]);
  });

  test("has a label for each argument that its build is given", () => {
    const given = Object.values(image.labels);
    expect(given.toSorted()).toEqual(image.args.map((arg) => `\${${arg}}`).toSorted());
    const labels = ["title", "description", "source", "version", "revision", "licenses"];
    expect(Object.keys(image.labels)).toEqual(
      labels.map((label) => `org.opencontainers.image.${label}`),
    );
  });
});
