import { describe, expect, test } from "bun:test";
import { DAY, HOUR, MINUTE, SLOTS, stageLabels } from "./label-stage.ts";

describe("a name that has not been served", () => {
  test("has a slot and a label of its own", () => {
    const { request, overflows } = stageLabels();
    expect(request("LLAMA3.2")).toBe("llama3.2:latest");
    expect(overflows()).toBe(0);
  });

  test("is other where the slots are taken, and each request with it is told of", () => {
    const { request, strangers, overflows } = stageLabels();
    expect(new Set(strangers(SLOTS)).size).toBe(SLOTS);
    expect(request("one-more")).toBe("other");
    expect(request("one-more")).toBe("other");
    expect(request("another")).toBe("other");
    expect(overflows()).toBe(3);
    expect(request("stranger-0")).toBe("stranger-0:latest");
    expect(overflows()).toBe(3);
  });

  test("has no place for good", () => {
    const { labels, request } = stageLabels();
    request("a");
    expect(labels.placeOf("a")).toBeUndefined();
  });

  test("leaves its slot an hour after its last request, and its series vanish", () => {
    const { labels, request, forgotten, pass } = stageLabels();
    request("a");
    pass(HOUR - 1);
    request("b");
    labels.sweep();
    expect(forgotten).toEqual([]);
    pass(1);
    labels.sweep();
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("keeps its slot for another hour with each request, in every spelling", () => {
    const { labels, request, forgotten, pass } = stageLabels();
    for (const name of ["a", "A:latest", "library/a", "registry.ollama.ai/library/a"]) {
      expect(request(name)).toBe("a:latest");
      pass(HOUR - MINUTE);
      labels.sweep();
    }
    expect(forgotten).toEqual([]);
    pass(MINUTE);
    labels.sweep();
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("gets the slot of one that has had its hour, though nobody scrapes", () => {
    const { request, strangers, forgotten, pass } = stageLabels();
    strangers(SLOTS);
    pass(HOUR);
    expect(request("one-more")).toBe("one-more:latest");
    expect(forgotten.length).toBe(SLOTS);
    expect(forgotten).not.toContain("one-more:latest");
  });

  test("begins anew after it was forgotten", () => {
    const { labels, request, forgotten, pass } = stageLabels();
    request("a");
    pass(HOUR);
    labels.sweep();
    expect(request("a")).toBe("a:latest");
    pass(HOUR);
    labels.sweep();
    expect(forgotten).toEqual(["a:latest", "a:latest"]);
  });
});

describe("a request that runs", () => {
  test("keeps its slot for days, and gives it back an hour after its end", () => {
    const { labels, forgotten, pass } = stageLabels();
    const label = labels.arrived("a");
    pass(2 * DAY);
    labels.sweep();
    expect(forgotten).toEqual([]);
    labels.ended(label);
    labels.sweep();
    expect(forgotten).toEqual([]);
    pass(HOUR);
    labels.sweep();
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("keeps its slot though others of its name have ended", () => {
    const { labels, request, forgotten, pass } = stageLabels();
    const label = labels.arrived("a");
    request("a");
    pass(DAY);
    labels.sweep();
    expect(forgotten).toEqual([]);
    labels.ended(label);
    pass(HOUR);
    labels.sweep();
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("keeps its place where one is wanted", () => {
    const { labels, request, forgotten, pass } = stageLabels(1);
    const label = labels.arrived("a");
    labels.served("a");
    pass(2 * DAY);
    request("b", 200);
    expect(forgotten).toEqual([]);
    expect(labels.placeOf("b")).toBeUndefined();
    labels.ended(label);
    pass(DAY);
    request("b", 200);
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("that is other holds nothing and lets go of nothing", () => {
    const { labels, request, strangers } = stageLabels();
    strangers(SLOTS);
    for (let round = 0; round < 3; round++) labels.ended(labels.arrived("one-more"));
    labels.ended("other");
    labels.ended("unknown");
    expect(request("stranger-3")).toBe("stranger-3:latest");
  });
});

describe("the first 200", () => {
  test("gives a name its place for good, and its slot to another", () => {
    const { labels, request, strangers, forgotten, overflows } = stageLabels();
    request("a", 200);
    expect(labels.placeOf("a")).toBe("a:latest");
    strangers(SLOTS);
    expect(overflows()).toBe(0);
    expect(request("a")).toBe("a:latest");
    expect(forgotten).toEqual([]);
  });

  test("renames nothing: running requests keep their label, those of an overflow as well", () => {
    const { labels, request, strangers, forgotten } = stageLabels();
    strangers(SLOTS);
    const early = labels.arrived("a");
    labels.served("a");
    const late = labels.arrived("a");
    expect([early, late]).toEqual(["other", "a:latest"]);
    labels.ended(early);
    labels.ended(late);
    expect(request("a")).toBe("a:latest");
    expect(forgotten).toEqual([]);
  });

  test("lets what runs with the same label be counted on", () => {
    const { labels, request, forgotten, pass } = stageLabels(1);
    const [first, second] = [labels.arrived("a"), labels.arrived("a")];
    labels.served("a");
    labels.ended(first);
    pass(2 * DAY);
    request("b", 200);
    expect(forgotten).toEqual([]);
    labels.ended(second);
    pass(DAY);
    request("b", 200);
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("gives no place where all are taken: the name stays in its slot and leaves it in an hour", () => {
    const { labels, request, forgotten, pass } = stageLabels(1);
    request("a", 200);
    expect(request("b", 200)).toBe("b:latest");
    expect(labels.placeOf("b")).toBeUndefined();
    pass(HOUR);
    labels.sweep();
    expect(forgotten).toEqual(["b:latest"]);
  });

  test("gives requests without a model no place", () => {
    const { labels, request } = stageLabels(1);
    for (const name of [undefined, "", "a b", "\n"]) {
      expect(request(name, 200)).toBe("unknown");
      expect(labels.placeOf(name ?? "")).toBeUndefined();
    }
    expect(request("a", 200)).toBe("a:latest");
    expect(labels.placeOf("a")).toBe("a:latest");
  });
});

test("models called unknown and other never share a label with the rest", () => {
  const { request, strangers } = stageLabels(2);
  const own = [request("unknown", 200), request("other", 200)];
  strangers(SLOTS);
  const rest = [request(undefined), request("c")];
  expect([...own, ...rest]).toEqual(["unknown:latest", "other:latest", "unknown", "other"]);
});

test("a million made-up names within an hour are 20 labels and one more", () => {
  const { labels, overflows } = stageLabels();
  const made = new Set<string>();
  for (let index = 0; index < 1_000_000; index++) {
    const label = labels.arrived(`m${index}`);
    made.add(label);
    labels.ended(label);
  }
  expect(made.size).toBe(SLOTS + 1);
  expect(made.has("other")).toBe(true);
  expect(overflows()).toBe(1_000_000 - SLOTS);
});
