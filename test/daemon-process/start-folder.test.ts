import { beforeAll, expect, test } from "bun:test";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBinary, runProgram } from "../support/exporter.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { startOllama } from "./ollama.ts";

beforeAll(buildBinary);

interface Folder extends AsyncDisposable {
  readonly path: string;
}

async function makeFolder(files: Readonly<Record<string, string>>): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "start-folder-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const BUNFIG = 'preload = ["./preload.ts"]\n';
const PRELOAD = 'require("node:fs").writeFileSync(`${__dirname}/preloaded`, "");\n';

test("the files of the start folder change nothing for the binary", async () => {
  await using ollama = startOllama();
  await using proxy = await startRawUpstream(() => {});
  const dotenv = [
    "OLLAMA_EXPORTER_LOG_FORMAT=json",
    "OLLAMA_EXPORTER_METRICS_LISTEN=127.0.0.1:0",
    "OLLAMA_EXPORTER_GRACE_PERIOD=nonsense",
    "OLLAMA_EXPORTER_NO_SUCH_FLAG=1",
    `HTTP_PROXY=${proxy.url}`,
    `http_proxy=${proxy.url}`,
    "",
  ].join("\n");
  await using folder = await makeFolder({
    ".env": dotenv,
    ".env.local": dotenv,
    ".env.production": dotenv,
    "bunfig.toml": BUNFIG,
    ".bunfig.toml": BUNFIG,
    "preload.ts": PRELOAD,
  });
  const args = ["--upstream", ollama.url, "--listen", "127.0.0.1:0"];
  await using program = runProgram({ target: "binary", args, cwd: folder.path });
  const [, url] = await program.says(/ INFO {2}point clients at (\S+)\n/);
  await program.says(/point Prometheus at \S+\n/);
  expect(program.stderr()).toContain(`point Prometheus at ${url}/metrics\n`);
  await program.says(/Ollama 0\.24\.0 answers/);
  expect((await fetch(`${url}/api/tags`)).status).toBe(200);
  program.signal("SIGTERM");
  const { code, stderr } = await program.exited;
  expect(code).toBe(0);
  expect(stderr).not.toContain("unknown variable");
  expect(proxy.connections()).toBe(0);
  expect(await readdir(folder.path)).not.toContain("preloaded");
});

test("a .env in the start folder does not say where the binary listens", async () => {
  const dotenv = "OLLAMA_EXPORTER_LISTEN=127.0.0.1:nonsense\n";
  await using folder = await makeFolder({ ".env": dotenv });
  const args = ["--upstream", "127.0.0.1:1"];
  await using program = runProgram({ target: "binary", args, cwd: folder.path });
  // Either it has the default port or it says that somebody else has.
  await program.says(/127\.0\.0\.1:8000/);
  expect(program.stderr()).not.toContain("nonsense");
});

test("the files would change something if they were read", async () => {
  await using folder = await makeFolder({ "bunfig.toml": BUNFIG, "preload.ts": PRELOAD });
  await writeFile(join(folder.path, "empty.ts"), "");
  const child = Bun.spawn([process.execPath, "empty.ts"], { cwd: folder.path });
  expect(await child.exited).toBe(0);
  expect(await readdir(folder.path)).toContain("preloaded");
});
