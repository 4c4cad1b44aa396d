import { expect } from "bun:test";
import { createMachine, HASHERS } from "./machine.ts";
import { refused } from "./refused.ts";
import { ARCHIVE, releaseFiles, startRelease } from "./release.ts";
import { unixTest } from "./unix-test.ts";

const files = await releaseFiles();
const archive = files[ARCHIVE]!;
const sum = new Bun.CryptoHasher("sha256").update(archive).digest("hex");

unixTest("An archive with another checksum is refused, with both", async () => {
  const other = Buffer.from(archive);
  other[other.length - 1]! ^= 1;
  const { stderr, url } = await refused({ ...files, [ARCHIVE]: other });
  const found = new Bun.CryptoHasher("sha256").update(other).digest("hex");
  expect(stderr.split("\n").slice(0, 4)).toEqual([
    `install.sh: ${ARCHIVE} is not the file that was released`,
    `expected SHA-256 ${sum}`,
    `found SHA-256    ${found}`,
    expect.stringContaining(`It came from ${url}; `),
  ]);
});

unixTest.each(HASHERS)("Without all but %s it still sees another checksum", async (hasher) => {
  if (Bun.which(hasher) === null) return;
  await using machine = await createMachine({ tools: ["curl", hasher] });
  await using bad = await startRelease({ ...files, [ARCHIVE]: archive.subarray(1) });
  expect((await machine.install({ from: bad.url })).stderr).toContain("is not the file that was");
  await using good = await startRelease(files);
  expect((await machine.install({ from: good.url })).code).toBe(0);
});

unixTest("With nothing to verify a download with it downloads nothing", async () => {
  await using machine = await createMachine({ tools: ["curl"] });
  await using release = await startRelease(files);
  const { code, stderr } = await machine.install({ from: release.url });
  expect(code).toBe(1);
  expect(stderr).toContain("sha256sum, shasum or openssl is needed to verify the download\n");
  expect(release.asked()).toEqual([]);
});

unixTest("An archive that checksums.txt does not list is not downloaded", async () => {
  const { stderr, url } = await refused({
    ...files,
    "checksums.txt": Buffer.from(`${sum}  ${ARCHIVE}.sig\n${sum}  x${ARCHIVE}\n${sum}  ${ARCHIVE}`),
    [ARCHIVE]: () => {
      throw new Error("it was asked for");
    },
  });
  expect(stderr).toContain(`${url}/checksums.txt does not list ${ARCHIVE}\n`);
});
