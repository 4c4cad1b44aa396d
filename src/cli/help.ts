import { stripVTControlCharacters, styleText } from "node:util";
import { renderUsage } from "citty";
import type { Command, Commands } from "./command-line.ts";

const EXAMPLES = [
  ["Ollama on this machine:", "ollama-exporter"],
  ["Ollama on a GPU machine:", "ollama-exporter --upstream http://gpu-1:11434"],
  ["Clients on other machines:", "ollama-exporter --listen :8000"],
  ["Metrics on a port of their own:", "ollama-exporter --metrics-listen :9877"],
  ["The ollama command through the exporter:", "OLLAMA_HOST=127.0.0.1:8000 ollama run llama3.2"],
  ["A log for machines:", "ollama-exporter --log-format json --log-requests"],
] as const;

const ACTIONS = {
  help: { type: "boolean", alias: "h", description: "Print this help." },
  version: { type: "boolean", alias: "v", description: "Print the version." },
} as const;

/** The whole answer to `--help`, with ANSI codes or without. */
export async function helpText(
  command: Command,
  commands: Commands,
  colors: boolean,
): Promise<string> {
  const main = commands[""];
  const { "": _, ...named } = commands;
  const shown = {
    ...command,
    args: { ...command.args, ...ACTIONS },
    ...(command === main && Object.keys(named).length > 0 ? { subCommands: named } : {}),
  };
  const rendered = await renderUsage(shown, ...(command === main ? [] : [main]));
  // citty shows the commands as if one had to be given.
  const told = rendered.replace(/(?<=\[OPTIONS\] )[\w|-]+/, "[COMMAND]");
  const usage = align(colors ? told : stripVTControlCharacters(told));
  const text = command === main ? `${usage}\n\n${examples()}\n` : `${usage}\n`;
  return colors ? text : stripVTControlCharacters(text);
}

/** Flags and commands to the left, and the second line of a description under the first. */
function align(usage: string): string {
  return usage
    .replaceAll(/^( +)(?=\S)(.*?--\S+) {2,}(.*)(?:\n(\S.*))?/gm, (_, pad, flag, first, second) => {
      const column = " ".repeat(pad.length + stripVTControlCharacters(flag).length + 2);
      const rest = second === undefined ? "" : `\n${column}${second}`;
      return `  ${flag}${pad}${first}${rest}`;
    })
    .replaceAll(/^ {2}( *)(\w+)(?= {4}\S)/gm, "  $2$1")
    .replaceAll(/ +$/gm, "")
    .trimEnd();
}

function examples(): string {
  const heading = styleText(["underline", "bold"], "EXAMPLES", { validateStream: false });
  const lines = EXAMPLES.map(([use, line]) => `  ${use}\n    ${line}`);
  return [heading, "", ...lines].join("\n");
}
