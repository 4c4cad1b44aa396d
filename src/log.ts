import { createConsola, type LogObject } from "consola";
import type { LogFormat, LogLevel } from "./config.ts";

/** What belongs to a message, by name; undefined ones are left out. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

export type Log = Readonly<Record<LogLevel, (message: string, fields?: Fields) => void>>;

const CONSOLA_LEVELS: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 3, debug: 4 };

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Takes one finished line. */
  write(line: string): void;
}

/** One line per message, whatever is in it. */
export function createLog({ level, format, write }: LogOptions): Log {
  const render = format === "json" ? asJson : asText;
  const consola = createConsola({
    // Said outright, because CONSOLA_LEVEL, DEBUG and TEST would change it.
    level: CONSOLA_LEVELS[level],
    // consola swallows most of many equal messages otherwise.
    throttle: 0,
    reporters: [{ log: (entry: LogObject) => write(`${render(entry)}\n`) }],
  });
  return {
    error: (message, fields) => consola.error(message, fields ?? {}),
    warn: (message, fields) => consola.warn(message, fields ?? {}),
    info: (message, fields) => consola.info(message, fields ?? {}),
    debug: (message, fields) => consola.debug(message, fields ?? {}),
  };
}

function asJson({ date, type, args: [message, fields] }: LogObject): string {
  return JSON.stringify({ time: date.toISOString(), level: type, message, ...fields });
}

function asText({ date, type, args: [message, fields] }: LogObject): string {
  const words = [date.toISOString(), type.toUpperCase().padEnd(5), visible(String(message))];
  for (const [name, value] of Object.entries(fields as Fields)) {
    if (value !== undefined) words.push(`${name}=${quoted(String(value))}`);
  }
  return words.join(" ");
}

/** A value that could be taken for something else is quoted, so that a client cannot forge a field. */
function quoted(value: string): string {
  return /^[\w!#$%&'()*+,./:;<>?@[\]^`{|}~-]+$/.test(value)
    ? value
    : visible(JSON.stringify(value));
}

/** Without characters that end a line, move the cursor or turn the writing around. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
