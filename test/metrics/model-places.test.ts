import { describe, expect, test } from "bun:test";
import { DAY, HOUR, SLOTS, stageLabels } from "./label-stage.ts";

const names = (count: number, prefix = "m"): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}:latest`);

describe("what Ollama has installed", () => {
  test("has places before any request, and is told once", () => {
    const { labels } = stageLabels();
    expect(labels.installed(["a", "b:1"])).toEqual(["a:latest", "b:1"]);
    expect(labels.placeOf("a")).toBe("a:latest");
    expect(labels.installed(["b:1", "a"])).toEqual([]);
  });

  test("has one place under all spellings of its name", () => {
    const { labels } = stageLabels(2);
    expect(labels.installed(["a", "A:latest", "library/a", "b"])).toEqual(["a:latest", "b:latest"]);
  });

  test("gets them in the order of the list, as far as they go", () => {
    const { labels } = stageLabels(2);
    expect(labels.installed(["loaded", "a", "b"])).toEqual(["loaded:latest", "a:latest"]);
    expect(labels.placeOf("b")).toBeUndefined();
  });

  test("is never pushed out, however long nobody asks for it", () => {
    const { labels, request, forgotten, pass } = stageLabels(2);
    labels.installed(["a", "b"]);
    pass(100 * DAY);
    for (const name of names(50)) request(name, 200);
    expect(labels.placeOf("a")).toBe("a:latest");
    expect(labels.placeOf("b")).toBe("b:latest");
    expect(forgotten.filter((label) => /^[ab]:/.test(label))).toEqual([]);
  });

  test("takes no place that is in use", () => {
    const { labels, request, forgotten } = stageLabels(1);
    request("a", 200);
    expect(labels.installed(["b"])).toEqual([]);
    expect(forgotten).toEqual([]);
    expect(labels.placeOf("a")).toBe("a:latest");
  });

  test("that loses its model keeps the place for a day after its last request", () => {
    const { labels, request, forgotten, pass } = stageLabels(1);
    labels.installed(["a"]);
    request("a", 200);
    labels.installed([]);
    pass(DAY - 1);
    request("b", 200);
    expect(labels.placeOf("b")).toBeUndefined();
    pass(1);
    request("b", 200);
    expect(forgotten).toEqual(["a:latest"]);
    expect(labels.placeOf("b")).toBe("b:latest");
  });

  test("keeps its slot's requests where it was asked for before it was listed", () => {
    const { labels, forgotten, pass } = stageLabels();
    const label = labels.arrived("a");
    expect(labels.installed(["a"])).toEqual(["a:latest"]);
    pass(2 * DAY);
    labels.sweep();
    labels.installed([]);
    labels.ended(label);
    expect(labels.arrived("a")).toBe(label);
    expect(forgotten).toEqual([]);
  });

  test.each(["", "a b", "\n", 'a"b', "x".repeat(1_000_000)])("has no place for %.20j", (name) => {
    const { labels } = stageLabels();
    expect(labels.installed([name])).toEqual([]);
    expect(labels.placeOf(name)).toBeUndefined();
  });
});

describe("a place for good", () => {
  test("is as many as are allowed, besides the slots", () => {
    const { labels, request, strangers, overflows } = stageLabels(30);
    for (const name of names(30)) request(name, 200);
    strangers(SLOTS);
    expect(overflows()).toBe(0);
    const kept = names(30).filter((name) => labels.placeOf(name) === name);
    expect(kept.length).toBe(30);
    expect(request("one-more")).toBe("other");
  });

  test("is kept within a day of the last request, and after it while nobody else wants it", () => {
    const { labels, request, forgotten, pass } = stageLabels(1);
    request("a", 200);
    pass(10 * DAY);
    labels.sweep();
    expect(labels.placeOf("a")).toBe("a:latest");
    expect(forgotten).toEqual([]);
  });

  test("makes room for one that is served, a day after its last request", () => {
    const { labels, request, forgotten, pass } = stageLabels(2);
    request("a", 200);
    request("b", 200);
    pass(DAY);
    request("b");
    request("c", 200);
    expect(forgotten).toEqual(["a:latest"]);
    expect(labels.placeOf("c")).toBe("c:latest");
    expect(labels.placeOf("b")).toBe("b:latest");
  });

  test("that was left is taken up again as a new name", () => {
    const { labels, request, forgotten, pass } = stageLabels(1);
    request("a", 200);
    pass(DAY);
    request("b", 200);
    expect(labels.placeOf("a")).toBeUndefined();
    expect(request("a")).toBe("a:latest");
    expect(forgotten).toEqual(["a:latest"]);
  });

  test("is of no use to who copies a model a million times", () => {
    const { labels, request, pass } = stageLabels(10);
    labels.installed(["real"]);
    let labelled = new Set<string>();
    for (let index = 0; index < 100_000; index++) {
      labelled.add(request(`copy-${index}`, 200));
      labels.installed(["real", ...names(3, `copy-${index}-`)]);
    }
    expect(labelled.size).toBeLessThanOrEqual(10 + SLOTS + 1);
    expect(labels.placeOf("real")).toBe("real:latest");
    pass(DAY);
    labelled = new Set(names(1000, "later-").map((name) => request(name, 200)));
    expect(labelled.size).toBeLessThanOrEqual(10 + SLOTS + 1);
    expect(labels.placeOf("real")).toBe("real:latest");
  });
});

describe("a long request", () => {
  test("keeps its series until an hour after its end, so that its outcome is seen", () => {
    const { labels, forgotten, pass } = stageLabels();
    const label = labels.arrived("slow");
    pass(2 * HOUR);
    labels.sweep();
    labels.ended(label);
    labels.sweep();
    expect(forgotten).toEqual([]);
    pass(HOUR);
    labels.sweep();
    expect(forgotten).toEqual([label]);
  });
});
