/** The Debian packages of the programs in dist/programs, and the unit in them. */
import { afterAll, expect, test } from "bun:test";
import { $ } from "bun";
import { PROJECT } from "../../scripts/build/project.ts";
import { readElf } from "../../scripts/inspect/elf.ts";
import { checksumOf } from "../../scripts/pack/checksums.ts";
import type { DebArchitecture } from "../../scripts/pack/names.ts";
import { debVersion } from "../../scripts/pack/deb/deb-version.ts";
import { ARCHITECTURES, buildDeb, debFolder, programOf, skipWithoutPrograms } from "../deb/debs.ts";
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
      expect(await $`dpkg-deb --info ${deb} conffiles`.text()).toBe(
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
      const lint = await $`lintian --allow-root --display-info --pedantic ${deb}`.nothrow().quiet();
      expect(lint.stdout.toString()).toBe("");
      expect(lint.exitCode).toBe(0);
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
    const judged =
      await $`systemd-analyze security --offline=true --threshold=${MOST_EXPOSURE} ${UNIT}`
        .nothrow()
        .quiet();
    expect(judged.exitCode).toBe(0);
  },
  skipWithout("systemd-analyze"),
);

const FOLDER = "drwxr-xr-x root/root";
const FILE = "-rw-r--r-- root/root";
const CONTENTS = [
  `${FOLDER} ./`,
  `${FOLDER} ./etc/`,
  `${FOLDER} ./etc/default/`,
  `${FILE} ./etc/default/ollama-exporter`,
  `${FOLDER} ./usr/`,
  `${FOLDER} ./usr/bin/`,
  `-rwxr-xr-x root/root ./usr/bin/ollama-exporter`,
  `${FOLDER} ./usr/lib/`,
  `${FOLDER} ./usr/lib/systemd/`,
  `${FOLDER} ./usr/lib/systemd/system/`,
  `${FILE} ./usr/lib/systemd/system/ollama-exporter.service`,
  `${FOLDER} ./usr/share/`,
  `${FOLDER} ./usr/share/doc/`,
  `${FOLDER} ./usr/share/doc/ollama-exporter/`,
  `${FILE} ./usr/share/doc/ollama-exporter/changelog.gz`,
  `${FILE} ./usr/share/doc/ollama-exporter/copyright`,
  `${FILE} ./usr/share/doc/ollama-exporter/third-party-licenses.txt.gz`,
  `${FOLDER} ./usr/share/lintian/`,
  `${FOLDER} ./usr/share/lintian/overrides/`,
  `${FILE} ./usr/share/lintian/overrides/ollama-exporter`,
  `${FOLDER} ./usr/share/man/`,
  `${FOLDER} ./usr/share/man/man1/`,
  `${FILE} ./usr/share/man/man1/ollama-exporter.1.gz`,
];

/** Mode, owner and path of everything in a package. */
async function contents(deb: string): Promise<string[]> {
  const lines = (await $`dpkg-deb --contents ${deb}`.text()).trim().split("\n");
  return lines.map((line) => {
    const [mode, owner, , , , path] = line.split(/ +/);
    return [mode, owner, path].join(" ");
  });
}

async function field(deb: string, name: string): Promise<string> {
  return (await $`dpkg-deb --field ${deb} ${name}`.text()).trim();
}
