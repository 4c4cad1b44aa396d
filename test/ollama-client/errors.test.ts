import { expect, test } from "bun:test";
import { Ollama } from "ollama";
import { startProxy } from "../support/proxy.ts";
import { startTwins } from "../support/twins.ts";

const messages = [{ role: "user", content: "Why is the sky blue?" }];
const notFound = { name: "ResponseError", status_code: 404, message: "model 'nobody' not found" };

test("An unknown model is refused with the upstream's status and message", async () => {
  await using twins = await startTwins();
  for (const stream of [true, false] as const) {
    const chat = twins.alike(async (client) =>
      stream
        ? Array.fromAsync(await client.chat({ model: "nobody", messages, stream }))
        : client.chat({ model: "nobody", messages, stream }),
    );
    expect(await chat.catch(errorFields)).toMatchObject(notFound);
  }
  const generate = twins.alike((client) => client.generate({ model: "nobody", prompt: "Why?" }));
  expect(await generate.catch(errorFields)).toMatchObject(notFound);
  const show = twins.alike((client) => client.show({ model: "nobody" }));
  expect(await show.catch(errorFields)).toMatchObject(notFound);
  const removal = twins.alike((client) => client.delete({ model: "nobody" }));
  expect(await removal.catch(errorFields)).toMatchObject(notFound);
});

test("What a model cannot do is refused in the upstream's words", async () => {
  await using twins = await startTwins();
  const chat = twins.alike((client) => client.chat({ model: "llama3.2", messages, think: true }));
  expect(await chat.catch(errorFields)).toMatchObject({
    status_code: 400,
    message: '"llama3.2" does not support thinking',
  });
});

test("An error in the midst of a stream reaches the client", async () => {
  await using twins = await startTwins();
  const pull = twins.alike(async (client) =>
    Array.fromAsync(await client.pull({ model: "unknown-model", stream: true })),
  );
  expect(await pull.catch(errorFields)).toMatchObject({
    message: "pull model manifest: file does not exist",
  });
});

test("An upstream that is not there is an error that the client can read", async () => {
  await using proxy = await startProxy("http://127.0.0.1:1");
  const client = new Ollama({ host: proxy.url });
  // One after the other: what fails before it is awaited would fail the test.
  for (const call of [() => client.chat({ model: "llama3.2", messages }), () => client.list()]) {
    expect(await call().catch(errorFields)).toMatchObject({
      name: "ResponseError",
      status_code: 502,
      message: "Ollama cannot be reached through ollama-exporter",
    });
  }
});

function errorFields({ name, message, ...rest }: Error): object {
  return { name, message, ...rest };
}
