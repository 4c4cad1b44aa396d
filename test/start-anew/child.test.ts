import { expect, test } from "bun:test";
import { AS_CHILD, onEachWay } from "./ways.ts";

onEachWay(AS_CHILD, (startEntry) => {
  test("the child ends when its parent is killed", async () => {
    const program = await startEntry();
    program.tell("stay");
    expect(await program.says()).toBe("stay");
    program.signal("SIGKILL");
    expect(await program.exited).toBe(137);
    // The child holds stderr as well.
    await program.silent;
  });

  test.each([
    ["SIGKILL", 137],
    ["SIGHUP", 129],
  ] as const)("a child that %s ends makes the exit code %d", async (signal, code) => {
    const program = await startEntry();
    process.kill(program.got.pid, signal);
    expect(await program.exited).toBe(code);
  });

  test("a signal that only the parent gets from a console ends neither", async () => {
    const program = await startEntry();
    program.signal("SIGINT");
    program.signal("SIGHUP");
    program.signal("SIGTERM");
    expect(await program.says()).toBe("SIGTERM");
    program.tell("exit 0");
    expect(await program.exited).toBe(0);
  });
});
