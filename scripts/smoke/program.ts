import type { Subprocess } from "bun";
import type { Deadline } from "./deadline.ts";
import { expected } from "./expected.ts";
import { follow, type Log } from "./log.ts";

/** How a process ended, and all that it said. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running extends AsyncDisposable {
  /** Resolves with the match as soon as stderr has it; throws if the process ends before. */
  says(pattern: RegExp, what: string): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** The program that is tried. */
export interface Program {
  /** Runs it to its end. */
  run(...args: readonly string[]): Promise<Ended>;
  start(...args: readonly string[]): Running;
  /** Everything on stderr so far, of all its processes. */
  said(): string;
}

export function programOf(
  command: readonly string[],
  emulated: boolean,
  deadline: Deadline,
): Program {
  const env = environment(emulated);
  const logs: Log[] = [];
  const spawn = (args: readonly string[]): Process => {
    const process = startProcess([...command, ...args], env);
    logs.push(process.log);
    return process;
  };
  return {
    start(...args) {
      const { child, log, ended, stop } = spawn(args);
      return {
        says: (pattern, what) => deadline.wait(log.until(pattern, what), what),
        end(signal) {
          child.kill(signal);
          return deadline.wait(ended, `an end after ${signal}`);
        },
        [Symbol.asyncDispose]: stop,
      };
    },
    async run(...args) {
      const { ended, stop } = spawn(args);
      try {
        return await deadline.wait(ended, `an end of "${args.join(" ")}"`);
      } finally {
        await stop();
      }
    },
    said: () => logs.map((log) => log.text()).join(""),
  };
}

function environment(emulated: boolean): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(OLLAMA_|BUN_)/i.test(name));
  const env = Object.fromEntries(kept);
  // With a limit of its own it does not start itself anew, which would leave the emulator.
  return emulated ? { ...env, BUN_CONFIG_MAX_HTTP_REQUESTS: "65336" } : env;
}

interface Process {
  readonly child: Subprocess;
  readonly log: Log;
  readonly ended: Promise<Ended>;
  stop(): Promise<void>;
}

const running = new Set<Subprocess>();

// Also when we end by an error or a signal: nothing that was started here may stay.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function startProcess(command: string[], env: Record<string, string | undefined>): Process {
  const child = spawned(() => Bun.spawn(command, { env, stdio: ["ignore", "pipe", "pipe"] }));
  running.add(child);
  const log = follow(child.stderr);
  const untilEnd = async (): Promise<Ended> => {
    const said = [new Response(child.stdout).text(), log.whole] as const;
    const [code, stdout, stderr] = await Promise.all([child.exited, ...said]);
    running.delete(child);
    return { code, stdout, stderr };
  };
  const ended = untilEnd();
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return { child, log, ended, stop };
}

/** A program for another system cannot even be started. */
function spawned<Child>(spawn: () => Child): Child {
  try {
    return spawn();
  } catch (error) {
    throw expected("a program that can be started", String(error));
  }
}
