import { expect, test } from "bun:test";
import { startTwins, type Twins } from "../support/twins.ts";

async function names({ alike }: Twins): Promise<string[]> {
  return (await alike((client) => client.list())).models.map(({ name }) => name);
}

test("The models that are there are listed", async () => {
  await using twins = await startTwins();
  expect(await names(twins)).toEqual(["llama3.2:latest", "qwen3:8b", "nomic-embed-text:latest"]);
});

test("The models in memory are listed", async () => {
  await using twins = await startTwins();
  await twins.alike((client) => client.generate({ model: "qwen3:8b", prompt: "" }));
  const { models } = await twins.alike((client) => client.ps());
  expect(models).toMatchObject([{ name: "qwen3:8b", size_vram: 4_873_289_728 }]);
});

test("A large description of a model comes through whole", async () => {
  await using twins = await startTwins();
  const shown = await twins.alike((client) => client.show({ model: "qwen3:8b" }));
  expect(shown.capabilities).toEqual(["completion", "tools", "thinking"]);
  expect(JSON.stringify(shown).length).toBeGreaterThan(16_000);
});

test("The version is the upstream's", async () => {
  await using twins = await startTwins();
  expect(await twins.alike((client) => client.version())).toEqual({ version: "0.24.0" });
});

test("A pull shows its progress and brings the model", async () => {
  await using twins = await startTwins();
  const lines = await twins.alike(async (client) =>
    Array.fromAsync(await client.pull({ model: "gemma3:4b", stream: true })),
  );
  const progress = lines.filter(({ completed }) => completed !== undefined);
  expect(progress.length).toBeGreaterThanOrEqual(10);
  expect(progress.at(-1)?.completed).toBe(progress.at(-1)?.total ?? 0);
  expect(lines.at(-1)).toEqual(expect.objectContaining({ status: "success" }));
  expect(await names(twins)).toContain("gemma3:4b");
});

test("A pull that is not streamed answers once", async () => {
  await using twins = await startTwins();
  const pulled = await twins.alike((client) => client.pull({ model: "gemma3", stream: false }));
  expect(pulled).toMatchObject({ status: "success" });
});

test("A model is created, copied and deleted", async () => {
  await using twins = await startTwins();
  const lines = await twins.alike(async (client) =>
    Array.fromAsync(
      await client.create({ model: "mine", from: "llama3.2", system: "Be brief.", stream: true }),
    ),
  );
  expect(lines.at(-1)).toMatchObject({ status: "success" });
  await twins.alike((client) => client.copy({ source: "mine", destination: "yours" }));
  await twins.alike((client) => client.delete({ model: "mine" }));
  const list = await names(twins);
  expect(list).toContain("yours:latest");
  expect(list).not.toContain("mine:latest");
});
