import { expect, test } from "bun:test";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { ROOT } from "../../scripts/build/root.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { sbom } from "../../scripts/pack/sbom.ts";
import { bundledPackages } from "./bundled-packages.ts";

interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

interface Bom {
  readonly serialNumber: string;
  readonly metadata: {
    readonly timestamp: string;
    readonly component: Component & { readonly externalReferences: readonly { url: string }[] };
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: string[] }[];
}

const COMMIT = { revision: "0123456789ab", time: new Date("2026-01-02T03:04:05Z") };
const text = await sbom(COMMIT);
const bom: Bom = JSON.parse(text);
const packages = bom.components.filter(({ type }) => type === "library");
const runtimes = bom.components.filter(({ group }) => group === "@oven");

const fullName = ({ group, name }: Component) => (group ? `${group}/${name}` : name);

test("the SBOM is valid by the schema of CycloneDX 1.6", async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(text)).toBeNull();
  // The schema is really asked.
  const unknownLicense = text.replaceAll('"id": "MIT"', '"id": "Mine"');
  expect(await validator.validate(unknownLicense)).not.toBeNull();
});

test("the same commit gives the same bytes, and another one another serial number", async () => {
  expect(await sbom(COMMIT)).toBe(text);
  const other: Bom = JSON.parse(await sbom({ ...COMMIT, revision: "0123456789ab-dirty" }));
  expect(other.serialNumber).not.toBe(bom.serialNumber);
});

test("the SBOM says what it is about and which commit that is", () => {
  const { timestamp, component } = bom.metadata;
  expect(timestamp).toBe("2026-01-02T03:04:05.000Z");
  expect(component.purl).toEndWith(`@v${component.version}`);
  expect(component.externalReferences.map(({ url }) => url)).toEqual([
    expect.stringMatching(/^git\+https:\/\/.*\.git@0123456789ab$/),
  ]);
});

test("every npm package of which a file is in the bundle is listed, and no other", async () => {
  const bundled = await bundledPackages();
  expect(bundled.size).toBeGreaterThan(3);
  const listed = new Set(packages.map(({ purl }) => purl));
  expect(bundled.difference(listed)).toBeEmpty();
  const needed = new Set(
    bom.dependencies.flatMap(({ ref, dependsOn }) => (bundled.has(ref) ? dependsOn : [])),
  );
  expect(listed.difference(bundled).difference(needed)).toBeEmpty();
});

test("the Bun of every target is listed, all of one version", () => {
  expect(runtimes.map(fullName).toSorted()).toEqual(
    TARGETS.map<string>(({ runtime }) => runtime).toSorted(),
  );
  const bun = bom.components.find(({ purl }) => purl.startsWith("pkg:npm/bun@"));
  expect(runtimes.every(({ version }) => version === bun?.version)).toBe(true);
});

test("hashes are those of the lockfiles", async () => {
  const locks = ["bun.lock", "scripts/build/runtimes/bun.lock"];
  const texts = await Promise.all(locks.map((path) => Bun.file(`${ROOT}${path}`).text()));
  const lines = texts.flatMap((it) => it.split("\n"));
  for (const component of [...packages, ...runtimes]) {
    const [hash] = component.hashes ?? [];
    expect(hash?.alg).toBe("SHA-512");
    const base64 = Buffer.from(hash?.content ?? "", "hex").toString("base64");
    const line = lines.find((it) => it.includes(`"sha512-${base64}"`));
    expect(line).toContain(`["${fullName(component)}@${component.version}", `);
  }
});

test("everything listed is reached from the program by what needs it", () => {
  const reached = new Set([bom.metadata.component["bom-ref"]]);
  for (const ref of reached) {
    const needs = bom.dependencies.find((it) => it.ref === ref)?.dependsOn;
    expect(needs).toBeDefined();
    for (const needed of needs ?? []) reached.add(needed);
  }
  const listed = [bom.metadata.component, ...bom.components].map((it) => it["bom-ref"]);
  expect(new Set(listed).size).toBe(listed.length);
  expect(reached).toEqual(new Set(listed));
});
