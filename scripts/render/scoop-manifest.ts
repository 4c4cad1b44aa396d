import { PROJECT } from "../build/project.ts";
import type { TargetName } from "../build/targets.ts";
import type { Checksums } from "../pack/checksums.ts";
import { CHECKSUMS } from "../pack/names.ts";
import { type Project, releaseFile, urlPattern } from "./release-file.ts";

/** What Scoop installs on which machine. It cannot look whether a processor has AVX2. */
const SOURCES = [
  ["64bit", "windows_x64-baseline"],
  ["arm64", "windows_arm64"],
] as const satisfies readonly (readonly [string, TargetName])[];

/** The manifest that `scoop install` reads. Throws if the release lacks an archive. */
export function scoopManifest(checksums: Checksums, project: Project = PROJECT): string {
  const { name, version, description, home, license } = project;
  const sources = SOURCES.map(([arch, target]) => {
    const { url, sha256 } = releaseFile(checksums, target, project);
    return [arch, { url, hash: sha256 }];
  });
  const patterns = SOURCES.map(([arch, target]) => [
    arch,
    { url: urlPattern(target, "$version", project) },
  ]);
  const manifest = {
    "##": `Made by scripts/render.ts from ${CHECKSUMS}.`,
    version,
    description,
    homepage: home,
    license,
    notes: [
      `Start it with: ${name}`,
      `If Ollama is on another machine: ${name} --upstream http://HOST:11434`,
      `How to start it when you log on: ${home}#readme`,
    ],
    architecture: Object.fromEntries(sources),
    bin: `${name}.exe`,
    checkver: "github",
    autoupdate: {
      architecture: Object.fromEntries(patterns),
      hash: { url: `$baseurl/${CHECKSUMS}` },
    },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
