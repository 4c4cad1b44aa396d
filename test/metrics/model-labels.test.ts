import { expect, test } from "bun:test";
import { createModelLabels } from "../../src/metrics/model-labels.ts";

test("models beyond the most that are told apart share one label", () => {
  const labels = createModelLabels(2);
  expect(labels.of("a")).toBe("a:latest");
  expect(labels.of("b")).toBe("b:latest");
  expect(labels.of("c")).toBe("other");
  expect(labels.of("d")).toBe("other");
});

test("a model that has its label keeps it, in every spelling", () => {
  const labels = createModelLabels(1);
  labels.of("a");
  expect(labels.of("b")).toBe("other");
  for (const name of ["a", "A:latest", "library/a", "registry.ollama.ai/library/a"]) {
    expect(labels.of(name)).toBe("a:latest");
  }
});

test("spellings of one model take one place", () => {
  const labels = createModelLabels(2);
  for (const name of ["a", "A", "a:latest", "library/a"]) labels.of(name);
  expect(labels.of("b")).toBe("b:latest");
  expect(labels.of("c")).toBe("other");
});

test("requests without a model take no place", () => {
  const labels = createModelLabels(1);
  for (const name of [undefined, "", "a b", "\n"]) expect(labels.of(name)).toBe("unknown");
  expect(labels.of("a")).toBe("a:latest");
  expect(labels.of(undefined)).toBe("unknown");
});

test("10,000 names from a client make 200 labels and one more", () => {
  const labels = createModelLabels();
  const made = new Set(Array.from({ length: 10_000 }, (_, i) => labels.of(`m${i}`)));
  expect(made.size).toBe(201);
  expect(made.has("other")).toBe(true);
  expect(made.has("unknown")).toBe(false);
});

test("models called unknown and other never share a label with the rest", () => {
  const labels = createModelLabels(2);
  const own = [labels.of("unknown"), labels.of("other")];
  const rest = [labels.of(undefined), labels.of("c")];
  expect([...own, ...rest]).toEqual(["unknown:latest", "other:latest", "unknown", "other"]);
});
