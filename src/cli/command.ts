import type { Config } from "../config.ts";
import { VERSION } from "../version.ts";
import { commonArgs } from "./command-args.ts";
import type { Command, Commands } from "./command-line.ts";
import type { Environment } from "./environment.ts";
import { execute, type Output } from "./execute.ts";
import { resolveConfig } from "./resolve-config.ts";

/** Serves until told to stop; gives the exit code. */
export type Serve = (config: Config, warnings: readonly string[]) => Promise<number>;

/** Runs the program and gives its exit code. Never rejects. */
export async function run(
  rawArgs: readonly string[],
  env: Environment,
  io: Output,
  serve: Serve,
): Promise<number> {
  const commands: Commands = { "": serveCommand(env, serve) };
  return execute(rawArgs, commands, env, io);
}

function serveCommand(env: Environment, serve: Serve): Command {
  return {
    meta: {
      name: "ollama-exporter",
      version: VERSION,
      description: "A transparent proxy in front of Ollama that shows Prometheus what it does",
    },
    args: commonArgs,
    run({ args }) {
      const { config, warnings } = resolveConfig(args, env);
      return serve(config, warnings);
    },
  };
}
