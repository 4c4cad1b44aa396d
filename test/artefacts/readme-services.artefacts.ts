/** The README's commands that install a service and remove it, word by word, on a copy of this machine. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { PROJECT } from "../../scripts/build/project.ts";
import { DIST } from "../../scripts/build/root.ts";
import { freePort } from "../../scripts/demo/free-port.ts";
import { archiveName, debName } from "../../scripts/pack/names.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { bootSystemd, skipWithoutNamespaces } from "../deb/booted-systemd.ts";
import { NATIVE } from "../deb/debs.ts";
import * as installation from "../deb/installation.ts";
import { type Machine, skipWithoutRoot } from "../deb/machine.ts";
import { ANSWER, type ServiceUpstream, startServiceUpstream } from "../deb/service-upstream.ts";
import { untilRefused } from "../deb/until-refused.ts";
import { skipWithout } from "../support/skip-without.ts";
import { block, byRoot, uninstallation, words } from "./readme-words.ts";

const MOST_TIME = 180_000;
const DEB = debName(NATIVE);
const [ARCHIVE = ""] = TARGETS.filter(({ name }) => name === `linux_${process.arch}`).map(
  archiveName,
);

/** Why there is nothing to install; undefined if there is. */
function skipWithoutRelease(): string | undefined {
  if (process.env["REQUIRE_ALL"] === "true") return undefined;
  const missing = [DEB, ARCHIVE].find((file) => !existsSync(DIST + file));
  return missing && `skipped: dist has no ${missing}`;
}

const reason =
  ["dpkg", "apt", "curl", "systemctl"].map(skipWithout).find(Boolean) ??
  skipWithoutRelease() ??
  skipWithoutRoot() ??
  skipWithoutNamespaces();

function proof(title: string, run: () => Promise<void>): void {
  if (reason === undefined) test(title, run, MOST_TIME);
  else test.skip(`${title} (${reason})`, run);
}

/** A shell of root on that machine, in a folder where nothing is but what it puts there. */
async function shellOf(machine: Machine) {
  const folder = (await machine.run(["mktemp", "--directory"])).trim();
  await machine.run(["chmod", "755", folder]);
  return {
    run: (command: string, input?: string | Uint8Array): Promise<string> =>
      machine.run(["sh", "-c", `cd ${folder} && ${byRoot(command)}`], input),
  };
}

/** That the service listens on a free port, and asks this upstream. */
async function settingsFor(upstream: ServiceUpstream) {
  const port = await freePort(18_000);
  const settings = {
    OLLAMA_EXPORTER_LISTEN: `127.0.0.1:${port}`,
    OLLAMA_EXPORTER_UPSTREAM: upstream.url,
  };
  return { port, settings };
}

proof("Debian's package is downloaded, installed, told its settings and purged", async () => {
  using release = serveRelease();
  await using upstream = await startServiceUpstream();
  await using machine = await bootSystemd();
  const before = await installation.traces(machine);
  const { run } = await shellOf(machine);
  const [download = "", install = "", ...rest] = block("curl -fLO").map(forThisArchitecture);
  expect(rest).toEqual([]);

  await run(download.replace(`${PROJECT.home}/releases/download/`, release.url.href));
  await run(install);
  expect(await run("systemctl is-enabled ollama-exporter")).toBe("enabled\n");
  const { port, settings } = await settingsFor(upstream);
  await installation.changeSettings(machine, settings);
  await run(words("sudo systemctl restart"));
  await upstream.nextStart();
  expect(await upstream.chat(`http://127.0.0.1:${port}`)).toBe(ANSWER);

  for (const command of uninstallation("Debian, Ubuntu")) await run(command, "y\n");
  await untilRefused(port);
  expect(await installation.traces(machine)).toEqual(before);
});

proof("an archive's program becomes a service of systemd, and is removed", async () => {
  await using upstream = await startServiceUpstream();
  await using machine = await bootSystemd();
  const before = await installation.traces(machine);
  const { run } = await shellOf(machine);
  await run("tar --extract --gzip", await Bun.file(DIST + ARCHIVE).bytes());
  const { port, settings } = await settingsFor(upstream);
  for (const [name, value] of Object.entries(settings)) {
    await run(`sed -i 's|^#${name}=.*|${name}=${value}|' ollama-exporter.env`);
  }

  for (const command of block("sudo install -m 755")) await run(command);
  await upstream.nextStart();
  expect(await upstream.chat(`http://127.0.0.1:${port}`)).toBe(ANSWER);
  expect(await run("systemctl is-enabled ollama-exporter")).toBe("enabled\n");

  for (const command of uninstallation("Linux with systemd")) await run(command);
  await untilRefused(port);
  expect(await run("systemctl show --property=LoadState ollama-exporter")).toBe(
    "LoadState=not-found\n",
  );
  expect(await installation.traces(machine)).toEqual(before);
});

/** Debian's package, at the address that it has in a release. */
function serveRelease() {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ url }) =>
      new URL(url).pathname === `/${PROJECT.tag}/${DEB}`
        ? new Response(Bun.file(DIST + DEB))
        : new Response(null, { status: 404 }),
  });
}

function forThisArchitecture(command: string): string {
  return command.replaceAll("_amd64.deb", `_${NATIVE}.deb`);
}
