import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(new URL("ollama-entry.ts", import.meta.url));

export interface OllamaProcess extends AsyncDisposable {
  readonly url: string;
  /** Sends SIGTERM and waits for the end. */
  terminate(): Promise<void>;
}

/** Starts a simulated Ollama as a process of its own, and waits until it listens. */
export async function startOllamaProcess(port = 0): Promise<OllamaProcess> {
  const child = Bun.spawn([process.execPath, ENTRY, String(port)], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await child.exited;
  };
  const first = await child.stdout.getReader().read();
  const url = Buffer.from(first.value ?? [])
    .toString()
    .trim();
  if (url === "") throw new Error("the simulated Ollama ended before it listened");
  return {
    url,
    terminate: () => end("SIGTERM"),
    [Symbol.asyncDispose]: () => end("SIGKILL"),
  };
}
