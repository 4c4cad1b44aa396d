import { describe, expect, test } from "bun:test";
import { canonicalName, UNKNOWN } from "../../src/metrics/canonical-name.ts";
import { OTHER } from "../../src/metrics/model-labels.ts";

describe("all spellings of one model are one name", () => {
  test.each([
    [
      "llama3.2:latest",
      [
        "llama3.2",
        "LLAMA3.2:latest",
        "Llama3.2:LATEST",
        "library/llama3.2",
        "library/llama3.2:latest",
        "Library/Llama3.2",
        "registry.ollama.ai/library/llama3.2",
        "registry.ollama.ai/library/llama3.2:latest",
        "REGISTRY.OLLAMA.AI/LIBRARY/LLAMA3.2",
        "https://registry.ollama.ai/library/llama3.2:latest",
        "http://registry.ollama.ai/library/llama3.2",
        " llama3.2 ",
        "llama3.2:latest",
      ],
    ],
    ["me/mine:v1", ["me/mine:v1", "registry.ollama.ai/me/mine:v1", "ME/Mine:V1"]],
    [
      "hf.co/user/repo:q4_k_m",
      ["hf.co/user/repo:Q4_K_M", "https://hf.co/user/repo:q4_k_m", "HF.co/User/Repo:Q4_K_M"],
    ],
    ["hf.co/library/repo:latest", ["hf.co/library/repo"]],
    [
      "localhost:5000/ns/model:tag",
      ["localhost:5000/ns/model:tag", "http://LOCALHOST:5000/ns/model:tag"],
    ],
    ["qwen3:0.6b-q8_0", ["qwen3:0.6b-q8_0", "library/qwen3:0.6B-Q8_0"]],
    ["_x-y.z:_1", ["_x-y.z:_1"]],
  ])("%s", (canonical, spellings) => {
    for (const spelling of spellings) expect(canonicalName(spelling)).toBe(canonical);
  });
});

test("a name that is canonical stays as it is", () => {
  for (const name of ["a:latest", "me/mine:v1", "hf.co/u/r:q4", "h:1/n/m:t", "hf.co/library/r:x"]) {
    expect(canonicalName(name)).toBe(name);
  }
});

test("different models keep different names", () => {
  const names = ["a", "a:b", "b:a", "a/b", "b/a", "h.x/a/b", "h.x:1/a/b", "hf.co/library/a"];
  expect(new Set(names.map(canonicalName)).size).toBe(names.length);
});

describe("what no Ollama can have is unknown", () => {
  test.each([
    ["no name", undefined],
    ["an empty one", ""],
    ["spaces", "   "],
    ["a space within", "llama 3"],
    ["a newline", "a\nb"],
    ["a quote", 'a"b'],
    ["a backslash", "a\\b"],
    ["a brace", "a{b}"],
    ["a NUL", "a\0b"],
    ["letters beyond ASCII", "modèle"],
    ["a mark for what was no UTF-8", "a\uFFFDb"],
    ["four parts", "a/b/c/d"],
    ["an empty part", "a//b"],
    ["a slash before it", "/a"],
    ["a slash after it", "a/"],
    ["two tags", "a:b:c"],
    ["an empty tag", "a:"],
    ["a tag alone", ":a"],
    ["a dot before it", ".a"],
    ["a dash before it", "-a"],
    ["a dot in the namespace", "a.b/c"],
    ["a way out of the folder", "../../etc/passwd"],
    ["a digest", "a@sha256:0123456789"],
    ["a query", "a?b=c"],
    ["a name of 81 characters", "a".repeat(81)],
    ["a tag of 81 characters", `a:${"b".repeat(81)}`],
    ["a namespace of 81 characters", `${"a".repeat(81)}/b`],
    ["a host of 351 characters", `${"a".repeat(351)}/b/c`],
  ])("%s", (_, name) => {
    expect(canonicalName(name)).toBe(UNKNOWN);
  });

  test("a name of 1 MB, of whatever it is made", () => {
    for (const part of ["a", "a/", "a:", "://", "a.", " ", "-"]) {
      expect(canonicalName(part.repeat(1_000_000 / part.length))).toBe(UNKNOWN);
    }
  });
});

test("the longest parts that Ollama allows are a name", () => {
  const [host, part] = ["h".repeat(350), "p".repeat(80)];
  const name = `${host}/${part}/${part}:${part}`;
  expect(canonicalName(name)).toBe(name);
});

test("a model called unknown or other is told apart from the labels that have no tag", () => {
  expect(canonicalName("unknown")).toBe("unknown:latest");
  expect(canonicalName("other")).toBe("other:latest");
  expect([UNKNOWN, OTHER]).toEqual(["unknown", "other"]);
});

test("a label never has any character but those of names", () => {
  for (let code = 0; code < 0x300; code++) {
    for (const name of [`a${String.fromCharCode(code)}b`, String.fromCharCode(code)]) {
      expect(canonicalName(name)).toMatch(/^[a-z0-9_.:/-]+$/);
    }
  }
});
