import { type RunningExporter, startExporter, type Target } from "../support/exporter.ts";
import { type End, end } from "./ending.ts";

export const REMEDY = "give the --listen and --metrics-listen that it has";

/** Runs the subcommand. */
export function check(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  target: Target = "source",
): Promise<End> {
  return end(["healthcheck", ...args], env, target);
}

/** How it ends when the exporter there is healthy. */
export function healthyAt(url: string): End {
  return { code: 0, stdout: `healthy: ${url}/-/healthy\n`, stderr: "" };
}

/** How it ends when nothing there speaks HTTP. */
export function noAnswerFrom(url: string): End {
  const problem = `no answer from ${url}/-/healthy: start ollama-exporter, or ${REMEDY}`;
  return { code: 1, stdout: "", stderr: `ollama-exporter: ${problem}\n` };
}

/** An exporter whose upstream is not there, which is no matter of its health. */
export function startAlone(args: readonly string[] = []): Promise<RunningExporter> {
  return startExporter({ upstream: "127.0.0.1:1", args });
}

export function portOf({ url }: RunningExporter): string {
  return new URL(url).port;
}
