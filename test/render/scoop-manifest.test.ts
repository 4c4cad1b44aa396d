import { expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { archiveName } from "../../scripts/pack/names.ts";
import { scoopManifest } from "../../scripts/render/scoop-manifest.ts";
import { FORK, madeUpChecksums, madeUpSum } from "./made-up.ts";

const { description, home, license, name, tag, version } = PROJECT;

test("Scoop installs the baseline program on x64 and the one for arm64 there", () => {
  const manifest = JSON.parse(scoopManifest(madeUpChecksums()));
  const downloads = `${home}/releases/download/${tag}/${name}_${version}`;
  expect(manifest).toMatchObject({ version, description, homepage: home, license });
  expect(manifest).toMatchObject({ bin: `${name}.exe`, checkver: "github" });
  expect(manifest.architecture).toEqual({
    "64bit": {
      url: `${downloads}_windows_x64-baseline.zip`,
      hash: madeUpSum("windows_x64-baseline"),
    },
    arm64: { url: `${downloads}_windows_arm64.zip`, hash: madeUpSum("windows_arm64") },
  });
});

test("What Scoop takes for this version out of its patterns is what it installs", () => {
  const { architecture, autoupdate } = JSON.parse(scoopManifest(madeUpChecksums()));
  for (const arch of ["64bit", "arm64"]) {
    const pattern = autoupdate.architecture[arch].url;
    expect(pattern.split("$version")).toHaveLength(3);
    expect(pattern.replaceAll("$version", version)).toBe(architecture[arch].url);
  }
  expect(autoupdate.hash).toEqual({ url: "$baseurl/checksums.txt" });
});

test("A version that stands in a fork's name is not taken for the version", () => {
  const fork = { ...FORK, home: `https://github.com/someone/exporter-${version}` };
  const { autoupdate } = JSON.parse(scoopManifest(madeUpChecksums(), fork));
  expect(autoupdate.architecture.arm64.url).toStartWith(
    `${fork.home}/releases/download/v$version/`,
  );
});

test("A fork's manifest has the fork's address and no other", () => {
  const manifest = scoopManifest(madeUpChecksums(), FORK);
  const addresses = [...manifest.matchAll(/https:\/\/[^"]+/g)].map(([address]) => address);
  expect(addresses).toHaveLength(6);
  for (const address of addresses) expect(address).toStartWith(FORK.home);
});

test.each(["windows_x64-baseline", "windows_arm64"] as const)(
  "A release without %s has no manifest, and the error names the archive",
  (target) => {
    const lacking = madeUpChecksums(target);
    expect(() => scoopManifest(lacking)).toThrow(archiveName({ name: target, os: "windows" }));
  },
);
