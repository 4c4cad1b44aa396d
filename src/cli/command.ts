import type { Config, ListenAddress } from "../config.ts";
import { VERSION } from "../version.ts";
import { argsOf, commonArgs } from "./command-args.ts";
import type { Command, Commands } from "./command-line.ts";
import type { Environment } from "./environment.ts";
import { execute, type Output } from "./execute.ts";
import { FLAGS } from "./flags.ts";
import { healthAddress } from "./health-address.ts";
import { kitName } from "./kit-name.ts";
import { resolveConfig } from "./resolve-config.ts";

/** What the commands do once the command line is understood. They throw what a person can mend. */
export interface Deeds {
  /** Serves until told to stop; gives the exit code. */
  serve(config: Config, warnings: readonly string[]): Promise<number>;
  /** Looks whether the exporter would work so. */
  check(config: Config): Promise<{ readonly text: string; readonly ok: boolean }>;
  /** What `print` prints, by its name. */
  readonly kit: {
    readonly names: readonly string[];
    read(): Promise<Readonly<Record<string, string>>>;
  };
  /** Asks the exporter that listens there whether it lives; gives one line if it does. */
  healthcheck(listen: ListenAddress): Promise<string>;
}

/** Runs the program and gives its exit code. Never rejects. */
export async function run(
  rawArgs: readonly string[],
  env: Environment,
  io: Output,
  deeds: Deeds,
): Promise<number> {
  const commands: Commands = {
    "": serveCommand(env, deeds),
    check: checkCommand(env, deeds, io),
    print: printCommand(deeds, io),
    healthcheck: healthcheckCommand(env, deeds, io),
  };
  return execute(rawArgs, commands, env, io);
}

function serveCommand(env: Environment, { serve }: Deeds): Command {
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

function checkCommand(env: Environment, { check }: Deeds, io: Output): Command {
  return {
    meta: {
      name: "check",
      description: "Look whether the exporter would work with these flags; exit with 0 or 1.",
    },
    args: commonArgs,
    async run({ args }) {
      const { config, warnings } = resolveConfig(args, env);
      for (const warning of warnings) io.stderr(`${warning}\n`);
      const { text, ok } = await check(config);
      io.stdout(text);
      return ok ? 0 : 1;
    },
  };
}

function printCommand({ kit }: Deeds, io: Output): Command {
  return {
    meta: { name: "print", description: "Print a file that goes with the exporter." },
    args: {
      file: { type: "positional", required: false, description: `One of ${kit.names.join(", ")}.` },
    },
    async run({ args }) {
      const name = kitName(args["file"], kit.names);
      io.stdout((await kit.read())[name] ?? "");
    },
  };
}

function healthcheckCommand(env: Environment, { healthcheck }: Deeds, io: Output): Command {
  return {
    meta: {
      name: "healthcheck",
      description: "Ask the exporter on this machine whether it is healthy; exit with 0 or 1.",
    },
    args: argsOf([FLAGS.listen, FLAGS.metricsListen]),
    async run({ args }) {
      io.stdout(`${await healthcheck(healthAddress(args, env))}\n`);
    },
  };
}
