/** The Debian packages of the programs in dist/programs, and the unit in them. */
import { afterAll, expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { readElf } from "../../scripts/inspect/elf.ts";
import { checksumOf } from "../../scripts/pack/checksums.ts";
import type { DebArchitecture } from "../../scripts/pack/names.ts";
import { debVersion } from "../../scripts/pack/deb/deb-version.ts";
import { CONTENTS } from "../deb/contents.ts";
import { ARCHITECTURES, buildDeb, debFolder, programOf, skipWithoutPrograms } from "../deb/debs.ts";
import { runCommand } from "../deb/machine.ts";
import { UNIT } from "../deb/unit-file.ts";
import { skipWithout } from "../support/skip-without.ts";

const MOST_TIME = 120_000;

/** Tenths, as `--threshold` wants it: the network and a JIT compiler are what it must have. */
const MOST_EXPOSURE = 15;

function proof(title: string, run: () => Promise<void>, reason?: string): void {
  if (reason === undefined) test(title, run, MOST_TIME);
  else test.skip(`${title} (${reason})`, run);
}

const folder = await debFolder();
afterAll(() => folder[Symbol.asyncDispose]());

const packages = new Map<DebArchitecture, Promise<string>>();

/** The package for an architecture, built once. */
function built(architecture: DebArchitecture): Promise<string> {
  const deb = packages.get(architecture) ?? buildDeb(folder.path, architecture);
  packages.set(architecture, deb);
  return deb;
}

const reason = skipWithout("dpkg-deb") ?? skipWithoutPrograms();

for (const architecture of ARCHITECTURES) {
  proof(
    `the package for ${architecture} has what it should have`,
    async () => {
      const deb = await built(architecture);
      expect(deb).toEndWith(`/ollama-exporter_${PROJECT.version}_${architecture}.deb`);
      expect(await contents(deb)).toEqual(CONTENTS);
      expect(await field(deb, "Architecture")).toBe(architecture);
      expect(await field(deb, "Version")).toBe(debVersion(PROJECT.version));
      expect(await runCommand(["dpkg-deb", "--info", deb, "conffiles"])).toBe(
        "/etc/default/ollama-exporter\n",
      );
    },
    reason,
  );

  proof(
    `the package for ${architecture} asks for the C library that its program needs`,
    async () => {
      const deb = await built(architecture);
      const { libraries, symbolVersions } = readElf(
        await Bun.file(programOf(architecture)).bytes(),
      );
      // All of these are in libc6.
      for (const library of libraries) expect(library).toMatch(/^(lib(c|m|dl|pthread)|ld-linux)\b/);
      const versions = symbolVersions.flatMap((it) => /^GLIBC_([\d.]+)$/.exec(it)?.[1] ?? []);
      const newest = versions
        .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
        .at(-1);
      expect(await field(deb, "Depends")).toBe(`libc6 (>= ${newest})`);
    },
    reason,
  );

  proof(
    `lintian finds nothing in the package for ${architecture}`,
    async () => {
      const deb = await built(architecture);
      const all = ["--display-info", "--pedantic"];
      expect(await runCommand(["lintian", "--allow-root", ...all, deb])).toBe("");
    },
    reason ?? skipWithout("lintian"),
  );
}

proof(
  "a package is the same whoever builds it, and when",
  async () => {
    await using other = await debFolder();
    const first = await built("amd64");
    const umask = process.umask(0o077);
    try {
      const second = await buildDeb(other.path, "amd64");
      expect(await checksumOf(second)).toBe(await checksumOf(first));
    } finally {
      process.umask(umask);
    }
  },
  reason,
);

proof(
  "the unit leaves the service little to harm the machine with",
  async () => {
    // It fails above the threshold.
    const limit = `--threshold=${MOST_EXPOSURE}`;
    await runCommand(["systemd-analyze", "security", "--offline=true", limit, UNIT]);
  },
  skipWithout("systemd-analyze"),
);

/** Mode, owner and path of everything in a package. */
async function contents(deb: string): Promise<string[]> {
  const lines = (await runCommand(["dpkg-deb", "--contents", deb])).trim().split("\n");
  return lines.map((line) => {
    const [mode, owner, , , , path] = line.split(/ +/);
    return [mode, owner, path].join(" ");
  });
}

async function field(deb: string, name: string): Promise<string> {
  return (await runCommand(["dpkg-deb", "--field", deb, name])).trim();
}
