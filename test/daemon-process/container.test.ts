import { describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { missing, runProgram, TARGETS } from "../support/exporter.ts";
import { messages } from "./log-lines.ts";
import { freePort } from "./tcp.ts";

/** Whether somebody is at home where the exporter looks for Ollama when it is told nothing. */
const answered = await new Promise<boolean>((resolve) => {
  const socket = connect({ host: "127.0.0.1", port: 11434 });
  socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  socket.once("connect", () => socket.destroy());
});

const CONTAINER = { container: "podman" };

/** What is said about an upstream that does not answer. */
async function warning(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  target: (typeof TARGETS)[number] = "source",
): Promise<string | undefined> {
  await using program = runProgram({ target, args: ["--listen", "127.0.0.1:0", ...args], env });
  await program.says(/the upstream does not answer.*\n/);
  return messages(program.stderr()).find((line) => line.includes("does not answer"));
}

const START = "the upstream does not answer: requests get 502 until it does;";

// Where Ollama answers by default there is nothing to be said.
describe.skipIf(answered)("without an upstream that is named or reached", () => {
  test("in a container the start names Ollama's likely addresses", async () => {
    expect(await warning(CONTAINER)).toBe(
      `${START} in a container it needs --upstream http://ollama:11434 for a container called ` +
        "ollama on the same network, or --upstream http://host.docker.internal:11434 for Ollama " +
        "on the host",
    );
    expect(await warning({ KUBERNETES_SERVICE_HOST: "10.0.0.1" })).toContain("http://ollama:11434");
  });

  test("an empty variable names none", async () => {
    const env = { ...CONTAINER, OLLAMA_EXPORTER_UPSTREAM: "", OLLAMA_HOST: "" };
    expect(await warning(env)).toContain("http://ollama:11434");
  });

  // It may not look for files, so that it does not depend on this machine.
  test.skipIf(missing("deno") !== undefined)(
    "Deno without leave to read sees no container but by the variables",
    async () => {
      expect(await warning({}, [], "deno")).toBe(
        `${START} check --upstream, and ollama-exporter check says why`,
      );
      expect(await warning(CONTAINER, [], "deno")).toContain("http://ollama:11434");
    },
  );
});

test("a named upstream is the one to check, in a container too", async () => {
  const upstream = `127.0.0.1:${await freePort()}`;
  const checked = `${START} check --upstream, and ollama-exporter check says why`;
  expect(await warning(CONTAINER, ["--upstream", upstream])).toBe(checked);
  expect(await warning({ ...CONTAINER, OLLAMA_EXPORTER_UPSTREAM: upstream })).toBe(checked);
  expect(await warning({ ...CONTAINER, OLLAMA_HOST: upstream })).toBe(checked);
});
