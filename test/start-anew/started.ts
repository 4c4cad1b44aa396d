import { fileURLToPath } from "node:url";

/** What the entry says of itself. */
export interface Got {
  readonly pid: number;
  readonly ppid: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly maxHeaderSize: number;
}

export interface Started extends AsyncDisposable {
  /** Of the process that was started first. */
  readonly pid: number;
  readonly got: Got;
  /** Writes a line to stdin. */
  tell(line: string): void;
  /** The next line on stdout; rejects if there is none. */
  says(): Promise<string>;
  /** Resolves with all of stderr when no process is left that could write to it. */
  readonly silent: Promise<string>;
  readonly exited: Promise<number>;
  signal(name: NodeJS.Signals): void;
  /** As a console does it: to all its processes. */
  signalAll(name: NodeJS.Signals): void;
}

/** The folder that it is started in. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the entry with a console of its own and reads what it says of itself. */
export async function start(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = Bun.spawn([...command], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    detached: true,
  });
  const stderr = new Response(child.stderr).text();
  const lines = linesOf(child.stdout);
  const says = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error(`the program ended:\n${await stderr}`);
    return value;
  };
  const stop = async (): Promise<void> => {
    try {
      // The group, because a child may have outlived its parent.
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nobody is left.
    }
    await stderr;
  };
  try {
    return {
      pid: child.pid,
      got: JSON.parse(await says()) as Got,
      tell(line) {
        void child.stdin.write(`${line}\n`);
        void child.stdin.flush();
      },
      says,
      silent: stderr,
      exited: child.exited,
      signal: (name) => child.kill(name),
      signalAll: (name) => process.kill(-child.pid, name),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  return undefined;
}
