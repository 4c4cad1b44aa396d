import { expect } from "bun:test";
import { refused } from "./refused.ts";
import { ARCHIVE, releaseFiles, sendHalf } from "./release.ts";
import { unixTest } from "./unix-test.ts";

const files = await releaseFiles();
const archive = files[ARCHIVE]!;

unixTest("A file that the release does not have is named, and asked for once", async () => {
  const { [ARCHIVE]: _, ...sums } = files;
  const noArchive = await refused(sums);
  expect(noArchive.stderr).toContain(`${noArchive.url}/${ARCHIVE} does not exist (HTTP 404)\n`);
  const nothing = await refused({});
  expect(nothing.stderr).toContain(`${nothing.url}/checksums.txt does not exist (HTTP 404)\n`);
});

unixTest("A download that is cut is told from one that is wrong", async () => {
  const { stderr, url } = await refused({
    ...files,
    [ARCHIVE]({ socket }) {
      sendHalf(socket, archive);
      socket.end();
    },
  });
  const bytes = Math.floor(archive.byteLength / 2);
  expect(stderr).toContain(`the download of ${url}/${ARCHIVE} was cut after ${bytes} bytes\n`);
  expect(stderr).toContain("\nPlease try again.\n");
});

unixTest("A connection that is reset is a download that failed", async () => {
  const { stderr } = await refused({
    ...files,
    [ARCHIVE]: ({ socket }) => void socket.resetAndDestroy(),
  });
  expect(stderr).toMatch(/cannot download .*baseline\.tar\.gz\n.*(reset|empty)/i);
});

unixTest("An archive without the program is refused", async () => {
  const other = Buffer.from(Bun.gzipSync("no archive"));
  const found = new Bun.CryptoHasher("sha256").update(other).digest("hex");
  const { stderr } = await refused({
    "checksums.txt": Buffer.from(`${found}  ${ARCHIVE}\n`),
    [ARCHIVE]: other,
  });
  expect(stderr).toContain(`install.sh: cannot unpack ${ARCHIVE} to `);
});

unixTest("A program that does not start is not installed, and what it said is shown", async () => {
  const program = "#!/bin/sh\necho 'libm.so.6: version GLIBC_2.99 not found' >&2\nexit 127\n";
  const { stderr } = await refused(await releaseFiles({ program }));
  expect(stderr).toContain(
    "ollama-exporter for linux_x64-baseline does not start on this machine (exit status 127)\n" +
      "libm.so.6: version GLIBC_2.99 not found\nPlease tell us: https://",
  );
});
