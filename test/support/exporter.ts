import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { skipWithout } from "./skip-without.ts";

/** The ways to run the program that must behave alike. */
export const TARGETS = ["source", "binary", "deno"] as const;
export type Target = (typeof TARGETS)[number];

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A program that was built elsewhere, as one that is about to be released; or this tree's. */
const GIVEN = process.env["OLLAMA_EXPORTER_TEST_BINARY"];
const BUILT = `${root}dist/ollama-exporter${process.platform === "win32" ? ".exe" : ""}`;
const BINARY = GIVEN ? resolve(GIVEN) : BUILT;

/** As the README tells it: each permission by its name. */
const DENO = [
  "deno",
  "run",
  "--allow-net",
  "--allow-env",
  "--allow-sys=networkInterfaces,hostname",
];

/** Beside the targets: as people start the sources, in a process group as a terminal gives it. */
const SCRIPT = "script";

const COMMANDS: Readonly<Record<Target | typeof SCRIPT, readonly string[]>> = {
  source: [process.execPath, `${root}src/main.ts`],
  binary: [BINARY],
  deno: [...DENO, `${root}src/main.ts`],
  script: [process.execPath, "run", "start"],
};

/** Why a target cannot be run here; undefined if it can. */
export function missing(target: Target): string | undefined {
  return target === "deno" ? skipWithout("deno") : undefined;
}

let built: Promise<void> | undefined;

/** Makes the binary of this tree, once for all test files of a run: they share this module. */
export function buildBinary(): Promise<void> {
  return (built ??= build());
}

async function build(): Promise<void> {
  if (GIVEN) return;
  const builder = Bun.spawn([process.execPath, `${root}scripts/build.ts`], {
    stdout: "pipe",
    stderr: "pipe",
  });
  if ((await builder.exited) !== 0) throw new Error(await new Response(builder.stderr).text());
}

export interface ExporterOptions {
  readonly target?: Target | typeof SCRIPT;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The most files and connections that the process may have open; the shell's limit without it. */
  readonly descriptors?: number;
}

export interface RunningProgram extends AsyncDisposable {
  readonly pid: number;
  /** Everything on stderr so far. */
  stderr(): string;
  /** Resolves with the match as soon as stderr has it; rejects if the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  readonly exited: Promise<{
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }>;
  /** Ends it at once if it still runs. */
  stop(): Promise<void>;
}

/** Starts the program as a process of its own, in an environment of its own. */
export function runProgram({
  target = "source",
  args,
  env = {},
  cwd,
  descriptors,
}: ExporterOptions): RunningProgram {
  const command = [...COMMANDS[target], ...args];
  const limited = ["bash", "-c", `ulimit -n ${descriptors}; exec "$0" "$@"`, ...command];
  const child = Bun.spawn(descriptors === undefined ? command : limited, {
    cwd: cwd ?? root,
    detached: target === SCRIPT,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let stderr = "";
  let over = false;
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const reading = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      stderr += text;
      notify();
    }
    over = true;
    notify();
  })();
  const stdout = new Response(child.stdout).text();
  const exited = (async () => {
    const code = await child.exited;
    await reading;
    return { code, stdout: await stdout, stderr };
  })();
  const stop = async (): Promise<void> => {
    if (target === SCRIPT) endGroup(child.pid);
    else child.kill("SIGKILL");
    await exited;
  };
  return {
    pid: child.pid,
    stderr: () => stderr,
    async says(pattern) {
      for (;;) {
        const match = pattern.exec(stderr);
        if (match) return match;
        if (over) throw new Error(`the program ended without saying ${pattern}:\n${stderr}`);
        await wake.promise;
      }
    },
    signal: (name) => child.kill(name),
    exited,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended.
  }
}

export interface RunningExporter extends RunningProgram {
  /** Where clients connect. */
  readonly url: string;
}

/** Starts the exporter on a free port and waits until it listens. */
export async function startExporter(
  options: ExporterOptions & { readonly upstream: string },
): Promise<RunningExporter> {
  const args = ["--upstream", options.upstream, "--listen", "127.0.0.1:0", ...options.args];
  const program = runProgram({ ...options, args });
  const [, address] = await program.says(/listens on ([\d.:]+)/);
  return { ...program, url: `http://${address}` };
}
