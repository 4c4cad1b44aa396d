import { join } from "node:path";
import type { Commit } from "../build/commit.ts";
import { PROJECT } from "../build/project.ts";
import { ROOT } from "../build/root.ts";
import { BUN, PACKAGES, RUNTIMES } from "./contents.ts";
import { declaredLicense } from "./declared-license.ts";
import type { LockedPackage } from "./locked-packages.ts";

const APPLICATION = `pkg:github/${PROJECT.repository.toLowerCase()}@${PROJECT.tag}`;
/** Advisories about Bun are filed under its npm package. */
const RUNTIME = `pkg:npm/bun@${BUN.version}`;

/** The CycloneDX 1.6 list of what the programs are made of; the same commit gives the same bytes. */
export async function sbom(commit: Commit): Promise<string> {
  const contents = {
    metadata: metadata(commit),
    components: await components(),
    dependencies: dependencies(),
    // Packages may have others bundled into them; Bun has, and says so at the address given above.
    compositions: [
      { aggregate: "unknown", assemblies: PACKAGES.map(({ purl }) => purl) },
      { aggregate: "incomplete", assemblies: [RUNTIME, ...RUNTIMES.map(({ purl }) => purl)] },
    ],
  };
  const uuid = Bun.randomUUIDv5(`${PROJECT.home}#${JSON.stringify(contents)}`, "url");
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuid}`,
    version: 1,
    ...contents,
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

function metadata({ revision, time }: Commit) {
  const { name, version, description, license, home } = PROJECT;
  return {
    timestamp: time.toISOString(),
    lifecycles: [{ phase: "build" }],
    tools: { components: [{ type: "application", group: name, name: "scripts/pack.ts", version }] },
    manufacturer: { name: PROJECT.repository, url: [home] },
    component: {
      type: "application",
      "bom-ref": APPLICATION,
      name,
      version,
      description,
      licenses: licenses(license),
      purl: APPLICATION,
      externalReferences: [{ type: "vcs", url: `git+${home}.git@${revision}` }],
    },
  };
}

async function components() {
  const packages = PACKAGES.map(async (it) =>
    npmComponent("library", it, await declaredLicense(join(ROOT, it.folder))),
  );
  return [
    ...(await Promise.all(packages)),
    {
      type: "platform",
      "bom-ref": RUNTIME,
      name: "bun",
      version: BUN.version,
      licenses: licenses(BUN.license),
      purl: RUNTIME,
      externalReferences: [
        { type: "vcs", url: `git+${BUN.home}.git@bun-v${BUN.version}` },
        { type: "license", url: BUN.licenses, comment: "names the libraries that it links" },
      ],
    },
    ...RUNTIMES.map((it) => npmComponent("platform", it, BUN.license)),
  ];
}

function npmComponent(type: string, { purl, version, sha512, ...it }: LockedPackage, spdx: string) {
  const [name, group] = it.name.split("/").toReversed();
  return {
    type,
    "bom-ref": purl,
    group,
    name,
    version,
    hashes: [{ alg: "SHA-512", content: sha512 }],
    licenses: licenses(spdx),
    purl,
  };
}

function licenses(spdx: string) {
  const acknowledgement = "declared";
  return /[\s()]/.test(spdx)
    ? [{ expression: spdx, acknowledgement }]
    : [{ license: { id: spdx, acknowledgement } }];
}

function dependencies() {
  const direct = PACKAGES.filter((it) => it.direct);
  return [
    { ref: APPLICATION, dependsOn: [...direct.map(({ purl }) => purl), RUNTIME] },
    ...PACKAGES.map(({ purl, dependencies: dependsOn }) => ({ ref: purl, dependsOn })),
    { ref: RUNTIME, dependsOn: RUNTIMES.map(({ purl }) => purl) },
    ...RUNTIMES.map(({ purl }) => ({ ref: purl, dependsOn: [] })),
  ];
}
