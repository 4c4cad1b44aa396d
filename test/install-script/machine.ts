import { expect } from "bun:test";
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installScript } from "../../scripts/pack/install-script.ts";

/** What the script calls on every machine. */
const TOOLS = "cat chmod env grep gzip head mkdir mktemp mv rm sed sh tail tar tr wc".split(" ");

/** Of these it takes one of each. */
export const DOWNLOADERS = ["curl", "wget"];
export const HASHERS = ["sha256sum", "shasum", "openssl"];

/** Linux with glibc on x64, whatever runs the tests, and no time to wait before another attempt. */
const FAKES: Readonly<Record<string, string>> = {
  uname: fakeUname("Linux", "x86_64"),
  ldd: "echo 'ldd (GNU libc) 2.36'; echo 'Copyright (C) 2022 Free Software Foundation, Inc.'",
  getconf: "echo 64",
  sleep: ":",
};

export function fakeUname(system: string, machine: string): string {
  return `[ "$1" = -m ] && echo '${machine}' || echo '${system}'`;
}

export interface MachineOptions {
  /** Programs of this machine besides `TOOLS`; those that are not there are left out. */
  readonly tools?: readonly string[];
  /** Shell scripts by the name of the program they stand for; they beat `FAKES`. */
  readonly fakes?: Readonly<Record<string, string>>;
  /** The program whose applets are all tools, if it is not this machine's own. */
  readonly applets?: string;
  /** What `sh` is. */
  readonly shell?: string;
}

interface InstallOptions {
  /** Where the files of the release are. */
  readonly from: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Put before the shell, with its arguments. */
  readonly wrapper?: readonly string[];
}

interface Installed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Installing {
  signal(name: NodeJS.Signals): void;
  /** Checks that nothing temporary is left. */
  readonly exited: Promise<Installed>;
}

export interface Machine extends AsyncDisposable {
  readonly home: string;
  /** Where the program goes if nothing else is said. */
  readonly target: string;
  /** Runs the script as `curl … | sh` does: from standard input. */
  start(options: InstallOptions): Installing;
  install(options: InstallOptions): Promise<Installed>;
}

/** A user's machine: a home, a temporary directory, and a PATH with just what it is to have. */
export async function createMachine({
  tools = [...DOWNLOADERS, ...HASHERS],
  fakes = {},
  applets,
  shell = "sh",
}: MachineOptions = {}): Promise<Machine> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "ollama-exporter-machine-")));
  await chmod(root, 0o755);
  const [home, temp, bin] = [join(root, "home"), join(root, "tmp"), join(root, "bin")];
  for (const directory of [home, temp, bin]) await mkdir(directory);
  await chmod(temp, 0o1777);
  const faked = { ...FAKES, ...fakes };
  for (const [name, script] of Object.entries(faked)) {
    await Bun.write(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  for (const name of [...TOOLS, ...tools].filter((tool) => !(tool in faked))) {
    const path = Bun.which(applets ?? (name === "sh" ? shell : name));
    if (path !== null) await symlink(path, join(bin, name));
  }

  const children: Bun.Subprocess[] = [];
  const start = ({ from, args = [], env = {}, wrapper = [] }: InstallOptions): Installing => {
    const child = Bun.spawn([...wrapper, join(bin, "sh"), "-s", "--", ...args], {
      cwd: root,
      env: { PATH: bin, HOME: home, TMPDIR: temp, OLLAMA_EXPORTER_DOWNLOAD_URL: from, ...env },
      stdin: Buffer.from(installScript()),
      stdout: "pipe",
      stderr: "pipe",
    });
    const said = Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    const exited = (async () => {
      const code = await child.exited;
      const [stdout, stderr] = await said;
      expect(await temporary(root)).toEqual([]);
      return { code, stdout, stderr };
    })();
    children.push(child);
    return { signal: (name) => child.kill(name), exited };
  };
  return {
    home,
    target: join(home, ".local/bin/ollama-exporter"),
    start,
    install: (options) => start(options).exited,
    async [Symbol.asyncDispose]() {
      // A test that failed may have left it there.
      for (const child of children) child.kill("SIGKILL");
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** All that should be gone when the script is over. */
async function temporary(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  return names.filter((name) => dirname(name) === "tmp" || /\.ollama-exporter\.[^/]*$/.test(name));
}
