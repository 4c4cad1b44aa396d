/** The container image without an engine: its root file system, run as one would run it. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { PROGRAMS } from "../../scripts/build/programs.ts";
import { PROJECT } from "../../scripts/build/project.ts";
import { ROOT } from "../../scripts/build/root.ts";
import { readDockerfile } from "../image/dockerfile.ts";
import { skipWithout } from "../support/skip-without.ts";
import { skipWithoutNamespaces } from "./image/as-root.ts";
import { confinement } from "./image/confinement.ts";
import { type Container, type ContainerOptions, startContainer } from "./image/container.ts";
import { librariesOf } from "./image/libraries.ts";
import { createNetwork, type Network } from "./image/network.ts";
import { startOllama } from "./image/ollama.ts";
import { ADDRESS, assembleRoot, type RootFolder } from "./image/root-folder.ts";

const architecture = process.arch === "x64" ? "amd64" : "arm64";
const image = readDockerfile(
  await readFile(`${ROOT}scripts/image/Dockerfile`, "utf8"),
  architecture,
);
const [program = ""] = Array.from(image.copied.keys(), (path) => join(PROGRAMS, path));

const skipped =
  skipWithoutProgram() ??
  ["readelf", "capsh", "ip", "curl"].map(skipWithout).find(Boolean) ??
  skipWithoutNamespaces();

function skipWithoutProgram(): string | undefined {
  if (process.env["REQUIRE_ALL"] === "true" || existsSync(program)) return undefined;
  return `skipped: there is no ${program.replace(ROOT, "")}`;
}

setDefaultTimeout(60_000);

const MODEL = '{model="llama3.2:latest"}';
const CHAT = '{"model":"llama3.2","messages":[{"role":"user","content":"Hello"}]}';

/** What Debian's libc6 brings, and so every image with glibc. */
const GLIBC = /^(ld-linux-(x86-64|aarch64)|libc|libm|libdl|libpthread|librt)\.so\.\d+$/;

const title = `the container image${skipped ? ` (${skipped})` : ""}`;

describe.skipIf(skipped !== undefined)(title, () => {
  let root: RootFolder;
  let network: Network;
  const pids: string[] = [];

  const resources = new AsyncDisposableStack();

  beforeAll(async () => {
    root = resources.use(await assembleRoot(image));
    network = resources.use(await createNetwork("on"));
  });
  afterAll(() => resources.disposeAsync());

  const start = async (options: Partial<ContainerOptions> = {}): Promise<Container> => {
    const container = await startContainer({ image, root: root.path, network, ...options });
    pids.push(container.pid);
    return container;
  };

  test("holds every library that the program needs, because they are all glibc's", async () => {
    const libraries = (await librariesOf(program)).map((path) => basename(path));
    for (const library of libraries) expect(library).toMatch(GLIBC);
    expect(libraries).toContain("libc.so.6");
  });

  test("runs read-only and without privileges, counts a chat, is healthy, and ends with 0", async () => {
    await using ollama = await startOllama(network);
    await using container = await start({ args: ["--upstream", ollama.url] });
    await container.says(/listens on :8000 /);
    await container.says(/Ollama \S+ answers/);
    expect(await confinement(container)).toEqual({
      Uid: "65532",
      Gid: "65532",
      Groups: "",
      CapPrm: "0000000000000000",
      CapEff: "0000000000000000",
      CapBnd: "0000000000000000",
      NoNewPrivs: "1",
      NSpid: "1",
      root: "ro",
    });
    expect(await network.ask("http://127.0.0.1:8000/api/chat", CHAT)).toContain('"done":true');
    for (const host of ["127.0.0.1", ADDRESS, "[::1]"]) {
      const page = await network.ask(`http://${host}:8000/metrics`);
      expect(page).toContain(`\nollama_requests_total${MODEL} 1\n`);
      expect(page).toContain(`ollama_exporter_build_info{version="${PROJECT.version}",`);
    }
    expect(await container.exec(image.healthcheck)).toEqual({
      code: 0,
      stdout: "healthy: http://localhost:8000/-/healthy\n",
    });
    await container.signal("SIGTERM");
    expect(await container.exited).toBe(0);
  });

  test("is not healthy once the exporter is gone", async () => {
    await using check = await start({ image: { ...image, entrypoint: image.healthcheck } });
    expect(await check.exited).toBe(1);
    await check.says(/no answer from http:\/\/localhost:8000/);
  });

  test("names the upstreams that a container can have when it is given none", async () => {
    await using container = await start();
    const [message] = await container.says(/the upstream does not answer.*\n/);
    expect(message).toContain("--upstream http://ollama:11434 ");
    expect(message).toContain("--upstream http://host.docker.internal:11434 ");
  });

  test.each([
    ["as any other user", { image: { ...image, user: "1234:0" } }, 8000],
    ["on a port of one's own", { env: { OLLAMA_EXPORTER_LISTEN: ":9000" } }, 9000],
  ])("runs %s, where its health check finds it", async (_, options, port) => {
    await using container = await start(options);
    await container.says(/listens on/);
    expect(await network.ask(`http://${ADDRESS}:${port}/metrics`)).toContain("process_");
    expect((await container.exec(image.healthcheck)).code).toBe(0);
  });

  test("runs where there is no IPv6", async () => {
    await using ipv4 = await createNetwork("off");
    await using container = await start({ network: ipv4 });
    await container.says(/listens on/);
    expect(await ipv4.ask(`http://${ADDRESS}:8000/metrics`)).toContain("process_");
    expect((await container.exec(image.healthcheck)).code).toBe(0);
  });

  test("leaves no process and no mount behind", async () => {
    expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(await readFile("/proc/self/mountinfo", "utf8")).not.toContain(root.path);
  });
});
