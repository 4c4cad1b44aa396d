import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** The exporter as a process, as people run it; what it logs is shown if it ends by itself. */
export interface DemoExporter {
  /** Rejects if it ends before it listens. */
  readonly listening: Promise<void>;
  /** Resolves with what it logged. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export function startExporter(upstream: string, port: number): DemoExporter {
  const settings = Object.entries(process.env).filter(([name]) => !name.startsWith("OLLAMA_"));
  const args = ["--upstream", upstream, "--listen", `127.0.0.1:${port}`, "--grace-period", "0s"];
  const child = Bun.spawn([process.execPath, "--no-env-file", MAIN, ...args], {
    env: Object.fromEntries(settings),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let logged = "";
  const listening = Promise.withResolvers<void>();
  const ended = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      logged += text;
      if (logged.includes(" answers\n")) listening.resolve();
    }
    await child.exited;
    listening.reject(new Error(logged.trim()));
    return logged;
  })();
  return {
    listening: listening.promise,
    ended,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
