import { describe, expect, test } from "bun:test";
import { commonArgs } from "../../src/cli/command-args.ts";
import { type Command, type Commands, readCommandLine } from "../../src/cli/command-line.ts";
import { CommandError } from "../../src/errors.ts";

const serve: Command = { args: commonArgs };
const alone: Commands = { "": serve };

function messageOf(words: readonly string[]): string {
  try {
    readCommandLine(words, alone);
  } catch (error) {
    if (error instanceof CommandError && error.exitCode === 2) return error.message;
    throw error;
  }
  return "accepted";
}

describe("flags come out once each, as --name=value", () => {
  test.each([
    [[], []],
    [["--listen", ":1"], ["--listen=:1"]],
    [["--listen=:1"], ["--listen=:1"]],
    [["--listen=-1"], ["--listen=-1"]],
    [["--upstream=http://h/?a=b"], ["--upstream=http://h/?a=b"]],
    [["--log-requests"], ["--log-requests=true"]],
    [["--log-requests=true"], ["--log-requests=true"]],
    [["--log-requests=false"], ["--log-requests=false"]],
    [["--no-log-requests"], ["--log-requests=false"]],
    [
      ["--log-requests", "--listen", "a b"],
      ["--log-requests=true", "--listen=a b"],
    ],
  ])("%j", (words, args) => {
    expect(readCommandLine(words, alone)).toEqual({ command: serve, action: "run", args });
  });
});

describe("a wrong command line is refused", () => {
  const see = "See ollama-exporter --help";
  const goesOn = 'goes on with what no flag has: put a space or "=" before its value';
  test.each([
    [["--lisen", ":1"], `unknown flag --lisen; did you mean --listen? ${see}`],
    [["--lisen=:1"], `unknown flag --lisen; did you mean --listen? ${see}`],
    [["-listen", ":1"], `unknown flag -listen; did you mean --listen? ${see}`],
    [["--no-log-request"], `unknown flag --no-log-request; did you mean --no-log-requests? ${see}`],
    [["--hlep"], `unknown flag --hlep; did you mean --help? ${see}`],
    [["--metricsListen=1"], `unknown flag --metricsListen; did you mean --metrics-listen? ${see}`],
    [["--port", "1"], `unknown flag --port. ${see}`],
    [["--no-listen"], `unknown flag --no-listen. ${see}`],
    [["--constructor=1"], `unknown flag --constructor. ${see}`],
    [["-p"], `unknown flag -p. ${see}`],
    [["-"], `unknown flag -. ${see}`],
    [["--"], `unknown flag --. ${see}`],
    [["--\nx"], `-- ${goesOn}`],
    [["--listen"], "--listen needs a value, as in --listen=ADDRESS"],
    [["--listen", ""], "--listen needs a value, as in --listen=ADDRESS"],
    [["--listen="], "--listen needs a value, as in --listen=ADDRESS"],
    [["--listen", "-x"], "--listen needs a value, as in --listen=ADDRESS"],
    [["--listen", "--help"], "--listen needs a value, as in --listen=ADDRESS"],
    [["--listen", "1", "--listen=1"], "--listen is given twice: leave one out"],
    [["--log-requests", "--no-log-requests"], "--log-requests is given twice: leave one out"],
    [["--log-requests=yes"], '--log-requests "yes" is not a boolean: use true or false'],
    [["--log-requests="], '--log-requests "" is not a boolean: use true or false'],
    [["--no-log-requests=true"], "--no-log-requests takes no value: use --log-requests"],
    [["--help=x"], '--help takes no value: leave out the "=" and the rest'],
    [["serve"], `unknown command "serve". ${see}`],
    [[""], `unknown command "". ${see}`],
    [["--log-requests", "true"], "--log-requests true is two words: use --log-requests=true"],
    [["--upstream http://u:secret@h"], `--upstream ${goesOn}`],
    [["--upstream http://u:sec=ret@h"], `--upstream ${goesOn}`],
    [["--upstream:http://u:secret@h"], `--upstream ${goesOn}`],
    [["-uhttp://u:secret@h"], `-uhttp ${goesOn}`],
    [["http://u:secret@h"], `unknown command (not shown, it holds an "@"). ${see}`],
    [["--upstrem=http://u:secret@h"], `unknown flag --upstrem; did you mean --upstream? ${see}`],
  ])("%j", (words, message) => {
    expect(messageOf(words)).toBe(message);
  });

  test("the first mistake is the one that is named", () => {
    expect(messageOf(["--lisen", "x", "y"])).toStartWith("unknown flag --lisen");
    expect(messageOf(["x", "--lisen"])).toStartWith('unknown command "x"');
  });
});

describe("--help and --version win", () => {
  test.each([
    [["--help"], "help"],
    [["-h"], "help"],
    [["--version"], "version"],
    [["-v"], "version"],
    [["--listen", ":1", "--help", "--bogus"], "help"],
    [["--log-requests", "-v", "--help"], "version"],
  ] as const)("%j", (words, action) => {
    expect(readCommandLine(words, alone)).toEqual({ command: serve, action, args: [] });
  });

  test("unless a mistake stands before them", () => {
    expect(messageOf(["--bogus", "--help"])).toStartWith("unknown flag --bogus");
  });
});
