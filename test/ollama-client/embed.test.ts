import { expect, test } from "bun:test";
import { startTwins } from "../support/twins.ts";

test("Embeddings come through with every digit", async () => {
  await using twins = await startTwins();
  const { embeddings } = await twins.alike((client) =>
    client.embed({ model: "nomic-embed-text", input: ["sky", "空は青い"] }),
  );
  expect(embeddings.map((vector) => vector.length)).toEqual([768, 768]);
});

test("The older route for embeddings works as well", async () => {
  await using twins = await startTwins();
  const { embedding } = await twins.alike((client) =>
    client.embeddings({ model: "nomic-embed-text", prompt: "sky" }),
  );
  expect(embedding).toHaveLength(768);
});
