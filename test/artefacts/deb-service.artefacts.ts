/** The Debian package installed, upgraded and purged, and its service at work. */
import { afterAll, expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { freePort } from "../../scripts/demo/free-port.ts";
import { debVersion } from "../../scripts/pack/deb/deb-version.ts";
import { bootSystemd, skipWithoutNamespaces } from "../deb/booted-systemd.ts";
import { buildDeb, debFolder, laterDeb, NATIVE, skipWithoutPrograms } from "../deb/debs.ts";
import * as installation from "../deb/installation.ts";
import { AS_ROOT, type Machine, machineOf, skipWithoutRoot } from "../deb/machine.ts";
import { untilRefused } from "../deb/until-refused.ts";
import { runService } from "../deb/run-service.ts";
import { ANSWER, type ServiceUpstream, startServiceUpstream } from "../deb/service-upstream.ts";
import { skipWithout } from "../support/skip-without.ts";

const MOST_TIME = 180_000;
const LATER = `${debVersion(PROJECT.version)}+later`;

const reason =
  skipWithout("dpkg-deb") ?? skipWithout("systemctl") ?? skipWithoutRoot() ?? skipWithoutPrograms();

function proof(title: string, run: () => Promise<void>, why = reason): void {
  if (why === undefined) test(title, run, MOST_TIME);
  else test.skip(`${title} (${why})`, run);
}

const folder = await debFolder();
afterAll(() => folder[Symbol.asyncDispose]());

let packages: Promise<{ readonly deb: string; readonly later: string }> | undefined;

/** The package for this machine and a later one, built once. */
function built() {
  return (packages ??= (async () => {
    const deb = await buildDeb(folder.path, NATIVE);
    return { deb, later: await laterDeb(folder.path, deb, LATER) };
  })());
}

/** Tells the service where to listen and whom to ask. Gives the port. */
async function configure(machine: Machine, upstream: ServiceUpstream): Promise<number> {
  const port = await freePort(18_000);
  await installation.changeSettings(machine, {
    OLLAMA_EXPORTER_LISTEN: `127.0.0.1:${port}`,
    OLLAMA_EXPORTER_UPSTREAM: upstream.url,
  });
  return port;
}

async function expectChats(port: number, chats: number): Promise<void> {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const requests = /^ollama_requests_total\{model="llama3.2:latest"\} (\d+)$/m.exec(page)?.[1] ?? 0;
  expect(Number(requests)).toBe(chats);
}

proof(
  "the package can be installed here, its service used by a user without rights, and all be purged",
  async () => {
    const machine = machineOf(AS_ROOT);
    const { deb, later } = await built();
    await using upstream = await startServiceUpstream();
    const before = await installation.traces(machine);
    try {
      await installation.install(machine, deb);
      expect(await installation.verify(machine)).toBe("");
      const port = await configure(machine, upstream);
      await using service = await runService();
      const failed = service.ended.then((said) => Promise.reject(new Error(said)));
      await Promise.race([upstream.nextStart(), failed]);
      expect(await upstream.chat(`http://127.0.0.1:${port}`)).toBe(ANSWER);
      await expectChats(port, 1);
      expect(await service.terminate()).toBe(0);

      const edited = await installation.settings(machine);
      await installation.install(machine, later);
      expect(await installation.installedVersion(machine)).toBe(LATER);
      expect(await installation.settings(machine)).toBe(edited);
    } finally {
      await installation.purge(machine);
    }
    expect(await installation.traces(machine)).toEqual(before);
  },
  reason ?? installation.skipIfInstalled(),
);

proof(
  "systemd starts the service, keeps it in its sandbox, restarts it on an upgrade and lets answers finish",
  async () => {
    const { deb, later } = await built();
    await using upstream = await startServiceUpstream();
    await using machine = await bootSystemd();
    const systemctl = (...words: string[]): Promise<string> => machine.run(["systemctl", ...words]);
    const before = await installation.traces(machine);

    await installation.install(machine, deb);
    expect(await systemctl("is-enabled", "ollama-exporter")).toBe("enabled\n");
    const port = await configure(machine, upstream);
    await systemctl("restart", "ollama-exporter");
    await upstream.nextStart();
    const url = `http://127.0.0.1:${port}`;
    expect(await upstream.chat(url)).toBe(ANSWER);
    await expectChats(port, 1);
    // To know that it is not its own address, it has to look at the machine's.
    const stranger = await fetch(`${url}/metrics`, { headers: { host: "203.0.113.9" } });
    expect(stranger.status).toBe(403);
    await expectSandbox(machine);

    const edited = await installation.settings(machine);
    await installation.install(machine, later);
    await upstream.nextStart();
    expect(await installation.settings(machine)).toBe(edited);
    await expectChats(port, 0);

    let stopped: Promise<string> | undefined;
    const answer = await upstream.chat(url, async () => {
      stopped = systemctl("stop", "ollama-exporter");
      await untilRefused(port);
    });
    expect(answer).toBe(ANSWER);
    await stopped;
    expect(await systemctl("show", "--property=Result", "ollama-exporter")).toBe(
      "Result=success\n",
    );

    await systemctl("start", "ollama-exporter");
    await upstream.nextStart();
    await installation.purge(machine);
    await untilRefused(port);
    expect(await installation.traces(machine)).toEqual(before);
  },
  reason ?? skipWithoutNamespaces(),
);

async function expectSandbox(machine: Machine): Promise<void> {
  const show = ["systemctl", "show", "--property=MainPID", "--value", "ollama-exporter"];
  const pid = (await machine.run(show)).trim();
  const status = await machine.run(["cat", `/proc/${pid}/status`]);
  const is = (name: string): string =>
    new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1] ?? "";
  expect([is("CapBnd"), is("NoNewPrivs"), is("Seccomp")]).toEqual(["0000000000000000", "1", "2"]);
  // The users that systemd makes up for units with DynamicUser (systemd.exec(5)).
  expect(Number(is("Uid"))).toBeWithin(61_184, 65_520);
}
