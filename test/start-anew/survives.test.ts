import { expect, test } from "bun:test";
import { AS_CHILD, IN_PLACE, onEachWay } from "./ways.ts";

const LIMIT = "BUN_CONFIG_MAX_HTTP_REQUESTS";

onEachWay([...IN_PLACE, ...AS_CHILD], (startEntry, { compiled, child }) => {
  test("the limit is raised, in the process that was started or in a child of it", async () => {
    const program = await startEntry();
    const { got, pid } = program;
    expect(got.env[LIMIT]).toBe("65336");
    expect(child ? got.ppid : got.pid).toBe(pid);
    expect(got.pid === pid).toBe(!child);
  });

  test.each([
    [["two words", "", " ", "", "tab\there", "line\nbreak"]],
    [['"double"', "'single'", "`back`", "\\", "\\\\", 'a\\"b', "trailing\\"]],
    [["$HOME", "%PATH%", "*", "~", "!", "&&", "|", ">", ";", "^"]],
    [["Grüße", "日本語", "\u{1f999}", "e\u0301"]],
    [["--upstream", "http://gpu-1", "--listen=:8000", "-v", "--smol", "--inspect", "-e", "1"]],
    [["x", "--", "--", "-"]],
    [["", "--"]],
  ])("the arguments %j survive", async (args) => {
    const program = await startEntry(args);
    expect(program.got.args).toEqual(args);
  });

  test.each([[["--"]], [["--", "x"]], [["--", "--", "x"]], [["--", "--", "--"]]])(
    "of the arguments %j no more is lost than without",
    async (args) => {
      const program = await startEntry(args);
      // Bun takes the first one that follows a script.
      expect(program.got.args).toEqual(compiled ? args : args.slice(1));
    },
  );

  test("the environment survives", async () => {
    const env = {
      EMPTY: "",
      SPACES: " a  b ",
      EQUALS: "a=b=c",
      LINES: "a\nb",
      WORDS: "Grüße \u{1f999} \"'`\\$HOME%PATH%",
      "with.dots-and-dashes": "1",
      OLLAMA_HOST: "gpu-1:11434",
    };
    const program = await startEntry([], env);
    expect(program.got.env).toMatchObject({ ...env, PATH: process.env["PATH"] ?? "" });
    expect(program.got.env["NODE_CHANNEL_FD"]).toBeUndefined();
  });

  test("a limit that the user has set is kept", async () => {
    const program = await startEntry([], { [LIMIT]: "10" });
    expect(program.got.env[LIMIT]).toBe("10");
  });

  test("an empty limit is none", async () => {
    const program = await startEntry([], { [LIMIT]: "" });
    expect(program.got.env[LIMIT]).toBe("65336");
  });

  test("stdin, stdout and stderr survive", async () => {
    const program = await startEntry();
    for (const line of ["one", "", "Grüße \u{1f999}", "x".repeat(100_000)]) {
      program.tell(line);
      expect(await program.says()).toBe(line);
    }
    program.tell("exit 0");
    expect(await program.silent).toBe(`one\n\nGrüße \u{1f999}\n${"x".repeat(100_000)}\n`);
  });

  test.each([0, 1, 2, 77, 130, 255])("the exit code %d survives", async (code) => {
    const program = await startEntry();
    program.tell(`exit ${code}`);
    expect(await program.exited).toBe(code);
    expect(await program.silent).toBe("");
  });

  test("SIGTERM reaches it, and does not end it", async () => {
    const program = await startEntry();
    for (let i = 0; i < 3; i++) {
      program.signal("SIGTERM");
      expect(await program.says()).toBe("SIGTERM");
    }
    program.tell("exit 3");
    expect(await program.exited).toBe(3);
  });

  test("SIGINT from a console reaches it once", async () => {
    const program = await startEntry();
    program.signalAll("SIGINT");
    expect(await program.says()).toBe("SIGINT");
    program.tell("and nothing else");
    expect(await program.says()).toBe("and nothing else");
    program.tell("exit 0");
    expect(await program.exited).toBe(0);
  });

  test("what cannot be started anew runs on as it is", async () => {
    const program = await startEntry(["x"], { EXECUTABLE: "/nonexistent" });
    expect(program.got).toMatchObject({ pid: program.pid, args: ["x"] });
    expect(program.got.env[LIMIT]).toBeUndefined();
    program.tell("exit 4");
    expect(await program.exited).toBe(4);
  });
});
