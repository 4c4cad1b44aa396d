import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { ROOT } from "../../scripts/build/root.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { readText, readWorkflow, stepsOf, WORKFLOWS } from "./workflow.ts";

/** All that a job may do beyond reading this repository. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  candidate: { packages: "write" },
  "smoke-image": { packages: "read" },
  publish: { contents: "write", "id-token": "write", attestations: "write" },
  "publish-image": { packages: "write", "id-token": "write", attestations: "write" },
  "readme-unix": { attestations: "read" },
  "readme-docker": { attestations: "read" },
};

describe.each([...WORKFLOWS])("In %s", (name) => {
  test("every action is pinned to a commit whose version stands behind it", async () => {
    const lines = (await readText(name)).split("\n").filter((line) => line.includes("uses:"));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^ +(?:- )?uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test("every step that runs something calls one script, and interpolates nothing", async () => {
    for (const [job, { run }] of stepsOf(await readWorkflow(name))) {
      if (run === undefined) continue;
      const [, script = ""] =
        /^bash (\.ci\/run|scripts\/ci\/[\w-]+\.sh)(?: "\$[A-Z]+")?$/.exec(run) ?? [];
      expect(script, `${job}: ${run}`).not.toBe("");
      expect(existsSync(`${ROOT}${script}`), `${job}: ${script}`).toBe(true);
    }
  });

  test("every job has an end in sight", async () => {
    for (const [job, { "timeout-minutes": minutes }] of Object.entries(
      (await readWorkflow(name)).jobs,
    )) {
      expect(minutes, job).toBeWithin(1, 61);
    }
  });

  test("no job may do more than it must", async () => {
    const { jobs, permissions } = await readWorkflow(name);
    for (const [job, own] of Object.entries(jobs)) {
      expect(own.permissions ?? permissions, job).toEqual({ contents: "read", ...RIGHTS[job] });
    }
  });

  test("a checkout leaves no token behind", async () => {
    const checkouts = stepsOf(await readWorkflow(name)).filter(([, { uses }]) =>
      uses?.startsWith("actions/checkout@"),
    );
    for (const [job, { with: options }] of checkouts) {
      expect(options, job).toEqual({ "persist-credentials": false });
    }
  });

  test("what is superseded does not run beside what supersedes it", async () => {
    expect((await readWorkflow(name)).concurrency?.group).toContain("${{ github.ref }}");
  });
});

test("An action has one version in all workflows", async () => {
  const texts = (await Promise.all(WORKFLOWS.map(readText))).join("\n");
  const pins = new Set(Array.from(texts.matchAll(/uses: (.+)/g), ([, pin = ""]) => pin));
  const actions = [...pins].map((pin) => pin.split("@")[0]);
  expect(actions).toEqual([...new Set(actions)]);
});

test("A secret is asked for by nothing but the tap's step, and nothing of it by ci.yml", async () => {
  const ci = await readText("ci.yml");
  expect(ci).not.toContain("secrets.");
  expect(ci).not.toContain("github.token");
  const release = await readText("release.yml");
  expect(release.match(/secrets\.\w+/g)).toEqual(["secrets.HOMEBREW_TAP_TOKEN"]);
});

test("The archive of every target is tried before anything is published", async () => {
  const { jobs } = await readWorkflow("release.yml");
  const tried = jobs["smoke"]?.strategy?.matrix.include?.map(({ target = "" }) => target);
  expect(tried?.toSorted()).toEqual(TARGETS.map(({ name }) => name).toSorted());
});

test("Nothing is published before a release's archives, packages and images have been tried", async () => {
  const { jobs } = Bun.YAML.parse(await readText("release.yml")) as {
    jobs: Record<string, { needs?: string | string[] }>;
  };
  expect(jobs["publish"]?.needs).toEqual(["version", "smoke", "smoke-deb", "smoke-image"]);
  for (const job of ["publish-image", "tap", "readme-unix", "readme-scoop"]) {
    expect([jobs[job]?.needs].flat(), job).toContain("publish");
  }
});
