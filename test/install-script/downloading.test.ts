import { describe, expect } from "bun:test";
import { join } from "node:path";
import { downloadUrl } from "../../scripts/build/project.ts";
import { answerOf, type Visit } from "../support/raw-upstream.ts";
import { createMachine, DOWNLOADERS, HASHERS } from "./machine.ts";
import { ARCHIVE, releaseFiles, sendFile, sendHalf, type Served, startRelease } from "./release.ts";
import { unixTest, unixTestWith } from "./unix-test.ts";

const files = await releaseFiles();
const archive = files[ARCHIVE]!;

/** Answers one after the other; the last one again and again. */
function inTurn(...answers: ((visit: Visit) => void)[]): Served {
  return (visit) => (answers.length > 1 ? answers.shift() : answers[0])?.(visit);
}

const status =
  (line: string) =>
  ({ socket }: Visit): unknown =>
    socket.end(answerOf("", { status: line, fields: ["Connection: close"] }));

const cut = ({ socket }: Visit): void => {
  sendHalf(socket, archive);
  socket.end();
};

describe.each(DOWNLOADERS)("With %s alone", (downloader) => {
  const tools = [downloader, ...HASHERS];
  const testIt = unixTestWith(downloader);

  testIt("it installs, over a redirect and after failed attempts", async () => {
    await using machine = await createMachine({ tools });
    await using release = await startRelease({
      ...files,
      [ARCHIVE]: inTurn(
        status("503 Service Unavailable"),
        cut,
        ({ socket }) =>
          void socket.end(
            answerOf("", { status: "302 Found", fields: ["Location: /real", "Connection: close"] }),
          ),
      ),
      real: ({ socket }) => sendFile(socket, archive),
    });
    const { code, stderr } = await machine.install({ from: `${release.url}/` });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(release.asked()).toEqual(["checksums.txt", ARCHIVE, ARCHIVE, ARCHIVE, "real"]);
  });

  testIt("it gives up after three attempts and says what the last one met", async () => {
    await using machine = await createMachine({ tools });
    await using busy = await startRelease({ ...files, [ARCHIVE]: status("503 Busy") });
    const refused = await machine.install({ from: busy.url });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/cannot download http.*_x64-baseline.tar.gz\n.*503/);
    expect(busy.asked().length).toBe(4);
    await using slow = await startRelease({ ...files, [ARCHIVE]: cut });
    const broken = await machine.install({ from: slow.url });
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain(" was cut after ");
    expect(slow.asked().length).toBe(4);
  });

  testIt("it does not ask again for what is not there or forbidden", async () => {
    await using machine = await createMachine({ tools });
    await using none = await startRelease({});
    const missing = await machine.install({ from: none.url });
    expect(missing.stderr).toContain("/checksums.txt does not exist (HTTP 404)\n");
    expect(none.asked()).toEqual(["checksums.txt"]);
    await using closed = await startRelease({ "checksums.txt": status("403 Forbidden") });
    const forbidden = await machine.install({ from: closed.url });
    expect(forbidden.stderr).toContain("/checksums.txt was refused (HTTP 403)\n");
    expect(closed.asked()).toEqual(["checksums.txt"]);
  });
});

unixTest("Without curl and wget it says what it needs", async () => {
  await using machine = await createMachine({ tools: HASHERS });
  const { code, stderr } = await machine.install({ from: "https://example.org" });
  expect(code).toBe(1);
  expect(stderr).toContain("curl or wget is needed to download\n");
});

unixTest("A folder of files needs neither", async () => {
  await using machine = await createMachine({ tools: HASHERS });
  const folder = join(machine.home, "a release");
  const from = `file://${folder}`;
  const missing = await machine.install({ from });
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain(`cannot download ${from}/checksums.txt\n`);
  for (const [name, bytes] of Object.entries(files)) await Bun.write(join(folder, name), bytes);
  expect((await machine.install({ from })).code).toBe(0);
});

unixTest("It asks the release that it is from, by https alone", async () => {
  const fakes = { curl: `printf '%s\\n' "$*" >>"$HOME/calls"; exit 6` };
  await using machine = await createMachine({ fakes });
  const { code } = await machine.install({ from: "" });
  expect(code).toBe(1);
  const calls = (await Bun.file(join(machine.home, "calls")).text()).trimEnd().split("\n");
  expect(calls.length).toBe(3);
  for (const call of calls) {
    expect(call).toContain("--proto =https --proto-redir =https ");
    expect(call).toEndWith(` ${downloadUrl("checksums.txt")}`);
  }
});

unixTest.each(["http://example.org", "http://127.0.0.1:80@example.org", "ftp://127.0.0.1", "x"])(
  "It does not download from %s",
  async (from) => {
    await using machine = await createMachine({ fakes: { curl: "echo called", wget: "exit 0" } });
    const { code, stderr } = await machine.install({ from });
    expect(code).toBe(1);
    expect(stderr).toContain(`must begin with https:// or file:///: ${from}\n`);
  },
);

unixTest("A wget that takes any certificate is not believed", async () => {
  const wget = `echo 'wget: note: TLS certificate validation not implemented' >&2; echo x >"$4"`;
  await using machine = await createMachine({ tools: HASHERS, fakes: { wget } });
  const { code, stderr } = await machine.install({ from: "https://example.org" });
  expect(code).toBe(1);
  expect(stderr).toContain("this wget does not verify whom it talks to\nInstall curl first.\n");
});
