import { expect, test } from "bun:test";
import { runProgram, startExporter } from "../support/exporter.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";

const status = async (url: string, host: string, path = "/x"): Promise<string> => {
  const { startLine } = await exchange(url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return startLine.split(" ")[1] ?? "";
};

test("--allowed-hosts adds names to those that a loopback listener answers to", async () => {
  await using upstream = await startRawUpstream(({ socket }) => socket.end(answerOf("ok")));
  const args = ["--allowed-hosts", "Ollama.lan, *.example.org"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  expect(await status(exporter.url, "ollama.LAN:8000")).toBe("200");
  expect(await status(exporter.url, "a.b.example.org")).toBe("200");
  expect(await status(exporter.url, "localhost")).toBe("200");
  expect(await status(exporter.url, "example.org")).toBe("403");
  expect(await status(exporter.url, "evil.example")).toBe("403");
});

test("A listener beyond loopback answers to every name, unless --allowed-hosts is given", async () => {
  await using upstream = await startRawUpstream(({ socket }) => socket.end(answerOf("ok")));
  const start = async (
    ...more: string[]
  ): Promise<ReturnType<typeof runProgram> & { url: string }> => {
    const args = ["--upstream", upstream.url, "--listen", "0.0.0.0:0", ...more];
    const program = runProgram({ args });
    const [, port] = await program.says(/listens on 0\.0\.0\.0:(\d+)/);
    return { ...program, url: `http://127.0.0.1:${port}` };
  };
  await using open = await start();
  expect(await status(open.url, "anything.example")).toBe("200");
  await using guarded = await start("--allowed-hosts", "ollama.lan");
  expect(await status(guarded.url, "anything.example")).toBe("403");
  expect(await status(guarded.url, "anything.example", "/metrics")).toBe("403");
  expect(await status(guarded.url, "ollama.lan")).toBe("200");
});

test.each(["a b", "http://x", "x:80", "", "x,,y", "*"])(
  "--allowed-hosts %p is an error that names it",
  async (value) => {
    await using program = runProgram({ args: [`--allowed-hosts=${value}`] });
    const { code, stderr } = await program.exited;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ollama-exporter: --allowed-hosts .*\n$/);
  },
);
