import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { failure } from "../../src/errors.ts";
import { type Child, watchOver } from "./child.ts";

const BINARY = fileURLToPath(new URL("../../dist/ollama-exporter", import.meta.url));

/** The compiled exporter as a process. */
export interface SoakedExporter extends Child {
  readonly url: string;
  readonly pid: number;
  /** Lines that it logged. */
  logged(): number;
  /** Those of level error. */
  readonly errors: readonly string[];
}

/** Starts it on a free port in front of the upstream; resolves when it has found it. */
export async function startExporter(upstream: string): Promise<SoakedExporter> {
  if (!existsSync(BINARY)) throw failure("there is no dist/ollama-exporter: run bun run build");
  const args = ["--upstream", upstream, "--listen", "127.0.0.1:0", "--log-format", "json"];
  const child = Bun.spawn([BINARY, ...args], {
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const errors: string[] = [];
  const found = Promise.withResolvers<string>();
  let lines = 0;
  let address = "";
  let last = "";
  void (async () => {
    for await (const line of linesOf(child.stderr)) {
      lines++;
      last = line;
      address ||= /listens on ([\d.:]+)/.exec(line)?.[1] ?? "";
      if (/Ollama \S+ answers/.test(line)) found.resolve(`http://${address}`);
      if (line.includes('"level":"error"')) errors.push(line);
    }
  })();
  const { died, stop } = watchOver(child, "the exporter", () => `; its last words: ${last}`);
  const url = await Promise.race([found.promise, died]);
  return { url, pid: child.pid, logged: () => lines, errors, died, stop };
}

async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
