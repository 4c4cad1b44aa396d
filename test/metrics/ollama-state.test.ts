import { expect, test } from "bun:test";
import { createMetrics } from "../../src/metrics/metrics.ts";
import type { OllamaState } from "../../src/ollama-state.ts";
import { parseExposition, type Samples, startingWith } from "../support/exposition.ts";

const DETAILS = { family: "llama", parameterSize: "3.2B", quantization: "Q4_K_M" };

const UP: OllamaState = {
  up: true,
  version: "0.24.0",
  probes: new Map([
    ["ps", { success: true, seconds: 0.25 }],
    ["tags", { success: false, seconds: 2 }],
  ]),
};

/** What the page shows of Ollama after these states, one after the other. */
async function shown(states: readonly OllamaState[], maxModels = 100): Promise<Samples> {
  const metrics = createMetrics({ runtime: "x", maxModels });
  for (const state of states) metrics.observed(state);
  return parseExposition((await metrics.exposition()).text);
}

const ofModels = (samples: Samples): Record<string, number> => ({
  ...startingWith(samples, "ollama_loaded"),
  ...startingWith(samples, "ollama_installed"),
});

test("Nothing is shown of an Ollama that nobody has asked", async () => {
  const samples = await shown([]);
  for (const start of ["ollama_up", "ollama_probe", "ollama_version"]) {
    expect(startingWith(samples, start)).toEqual({});
  }
  expect(ofModels(samples)).toEqual({});
});

test("Whether Ollama is up, its version and the probes are shown", async () => {
  const samples = await shown([UP]);
  expect(samples.get("ollama_up")).toBe(1);
  expect(startingWith(samples, "ollama_version_info")).toEqual({
    'ollama_version_info{version="0.24.0"}': 1,
  });
  expect(startingWith(samples, "ollama_probe")).toEqual({
    'ollama_probe_success{endpoint="ps"}': 1,
    'ollama_probe_success{endpoint="tags"}': 0,
    'ollama_probe_duration_seconds{endpoint="ps"}': 0.25,
    'ollama_probe_duration_seconds{endpoint="tags"}': 2,
  });
});

test("An old version vanishes, and so does that of an Ollama that is down", async () => {
  const newer = await shown([UP, { ...UP, version: "0.25.0" }]);
  expect(startingWith(newer, "ollama_version_info")).toEqual({
    'ollama_version_info{version="0.25.0"}': 1,
  });
  const down = await shown([UP, { up: false, probes: new Map() }]);
  expect(down.get("ollama_up")).toBe(0);
  expect(startingWith(down, "ollama_version_info")).toEqual({});
});

test("Loaded and installed models are shown with what is told of them", async () => {
  const samples = await shown([
    {
      ...UP,
      loaded: [
        { model: "a:latest", sizeBytes: 10, vramBytes: 4, expiresAt: 1.5, contextTokens: 4096 },
        { model: "b", expiresAt: Infinity },
      ],
      installed: [
        { model: "a:latest", sizeBytes: 7, details: DETAILS },
        { model: "b:latest", sizeBytes: 8, details: { ...DETAILS, family: 'x"\\' } },
      ],
    },
  ]);
  expect(ofModels(samples)).toEqual({
    'ollama_loaded_model_size_bytes{model="a:latest"}': 10,
    'ollama_loaded_model_vram_bytes{model="a:latest"}': 4,
    'ollama_loaded_model_expiry_timestamp_seconds{model="a:latest"}': 1.5,
    'ollama_loaded_model_expiry_timestamp_seconds{model="b:latest"}': Infinity,
    'ollama_loaded_model_context_tokens{model="a:latest"}': 4096,
    'ollama_installed_model_size_bytes{model="a:latest"}': 7,
    'ollama_installed_model_size_bytes{model="b:latest"}': 8,
    'ollama_installed_model_info{model="a:latest",family="llama",parameter_size="3.2B",quantization="Q4_K_M"}': 1,
    'ollama_installed_model_info{model="b:latest",family="x\\"\\\\",parameter_size="3.2B",quantization="Q4_K_M"}': 1,
  });
});

test("Models that have vanished are not shown, while their requests are", async () => {
  const models = [{ model: "a:latest", sizeBytes: 1 }];
  const samples = await shown([
    { ...UP, loaded: models, installed: models },
    { ...UP, loaded: [], installed: [] },
  ]);
  expect(ofModels(samples)).toEqual({});
  expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(0);
});

test("Two names that fold to one label are one series, the first", async () => {
  const names = ["A", "a:latest", "registry.ollama.ai/library/a:LATEST"];
  const installed = names.map((model, index) => ({
    model,
    sizeBytes: index + 1,
    details: DETAILS,
  }));
  const samples = await shown([{ ...UP, installed, loaded: installed }]);
  expect(ofModels(samples)).toEqual({
    'ollama_loaded_model_size_bytes{model="a:latest"}': 1,
    'ollama_installed_model_size_bytes{model="a:latest"}': 1,
    'ollama_installed_model_info{model="a:latest",family="llama",parameter_size="3.2B",quantization="Q4_K_M"}': 1,
  });
});

test("More models than have series are one, with their bytes added up, and loaded ones come first", async () => {
  const names = Array.from({ length: 50 }, (_, index) => `m${index}:latest`);
  const installed = names.map((model) => ({ model, sizeBytes: 2, details: DETAILS }));
  const loaded = ["m49:latest", "no name at all"].map((model) => ({
    model,
    sizeBytes: 5,
    expiresAt: 1,
  }));
  const samples = await shown([{ ...UP, installed, loaded }], 3);
  const info = 'family="llama",parameter_size="3.2B",quantization="Q4_K_M"';
  expect(ofModels(samples)).toEqual({
    'ollama_loaded_model_size_bytes{model="m49:latest"}': 5,
    'ollama_loaded_model_size_bytes{model="other"}': 5,
    'ollama_loaded_model_vram_bytes{model="other"}': 0,
    'ollama_loaded_model_expiry_timestamp_seconds{model="m49:latest"}': 1,
    'ollama_installed_model_size_bytes{model="m49:latest"}': 2,
    'ollama_installed_model_size_bytes{model="m0:latest"}': 2,
    'ollama_installed_model_size_bytes{model="m1:latest"}': 2,
    'ollama_installed_model_size_bytes{model="other"}': 94,
    [`ollama_installed_model_info{model="m49:latest",${info}}`]: 1,
    [`ollama_installed_model_info{model="m0:latest",${info}}`]: 1,
    [`ollama_installed_model_info{model="m1:latest",${info}}`]: 1,
  });
  expect(Object.keys(startingWith(samples, 'ollama_requests_total{model="m'))).toHaveLength(3);
});

test("Loaded models have their names while the list of installed ones is missing", async () => {
  const loaded = [
    { model: "a", sizeBytes: 2, vramBytes: 1, expiresAt: 9 },
    { model: "b", sizeBytes: 4 },
  ];
  expect(ofModels(await shown([{ ...UP, loaded }]))).toEqual({
    'ollama_loaded_model_size_bytes{model="a:latest"}': 2,
    'ollama_loaded_model_size_bytes{model="b:latest"}': 4,
    'ollama_loaded_model_vram_bytes{model="a:latest"}': 1,
    'ollama_loaded_model_expiry_timestamp_seconds{model="a:latest"}': 9,
  });
});
