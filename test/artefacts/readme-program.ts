import type { Subprocess } from "bun";

/** A program that a command of the README has started. */
export interface StartedProgram extends AsyncDisposable {
  /** Where clients connect. */
  readonly url: string;
  /** Presses Ctrl-C, and resolves with all that it said when none of its processes is left. */
  interrupt(): Promise<string>;
}

/** Runs a command of the README as from a terminal, on a free port. Resolves when it listens. */
export async function startProgram(
  command: string,
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<StartedProgram> {
  const shell = Bun.spawn(["bash", "-c", command], {
    cwd,
    env: { ...process.env, ...env, OLLAMA_EXPORTER_LISTEN: "127.0.0.1:0" },
    // A process group of its own, as a terminal gives to each command.
    detached: true,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const reader = shell.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  const hears = async (pattern: RegExp): Promise<RegExpExecArray | undefined> => {
    for (;;) {
      const match = pattern.exec(said);
      if (match) return match;
      const { value, done } = await reader.read();
      if (done) return undefined;
      said += value;
    }
  };
  const [, address] = (await hears(/listens on ([\d.:]+)/)) ?? [];
  if (address === undefined) throw new Error(`${command} ended and said:\n${said}`);
  return {
    url: `http://${address}`,
    async interrupt() {
      signalGroup(shell, "SIGINT");
      // Each of its processes holds stderr.
      await hears(/$^/);
      await shell.exited;
      return said;
    },
    async [Symbol.asyncDispose]() {
      signalGroup(shell, "SIGKILL");
      await shell.exited;
    },
  };
}

function signalGroup({ pid }: Subprocess, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of them have ended.
  }
}
