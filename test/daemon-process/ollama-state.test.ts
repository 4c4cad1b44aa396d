import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { scrape, startingWith } from "../support/exposition.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { onEachTarget } from "./each-target.ts";
import { startOllama } from "./ollama.ts";

/** Seconds; a loaded model stays five minutes. */
const SOON = 6 * 60;

const EXPIRY = "ollama_loaded_model_expiry_timestamp_seconds";

async function post(url: string, body: object): Promise<void> {
  await (await fetch(url, { method: "POST", body: JSON.stringify(body) })).text();
}

/** The models that are shown with a size. */
async function models(url: string, kind: "loaded" | "installed"): Promise<string[]> {
  const series = startingWith(await scrape(url), `ollama_${kind}_model_size_bytes`);
  return Object.keys(series)
    .map((one) => /model="([^"]*)"/.exec(one)?.[1] ?? "")
    .toSorted();
}

onEachTarget("The exporter", (start) => {
  test("shows what Ollama says of itself", async () => {
    await using ollama = startOllama();
    await using exporter = await start(ollama);
    await post(`${ollama.url}/api/chat`, { model: "llama3.2", messages: [] });
    await post(`${ollama.url}/api/chat`, { model: "qwen3:8b", messages: [], keep_alive: -1 });
    const samples = await scrape(exporter.url);
    expect(samples.get("ollama_up")).toBe(1);
    expect(samples.get('ollama_version_info{version="0.24.0"}')).toBe(1);
    expect(Object.values(startingWith(samples, "ollama_probe_success"))).toEqual([1, 1, 1]);
    for (const seconds of Object.values(startingWith(samples, "ollama_probe_duration"))) {
      expect(seconds).toBeWithin(0, 2);
    }
    const left = (samples.get(`${EXPIRY}{model="llama3.2:latest"}`) ?? 0) - Date.now() / 1000;
    expect(left).toBeWithin(0, SOON);
    expect({
      ...startingWith(samples, `${EXPIRY}{model="qwen3:8b"}`),
      ...startingWith(samples, "ollama_loaded_model_size"),
      ...startingWith(samples, "ollama_loaded_model_vram"),
      ...startingWith(samples, "ollama_loaded_model_context"),
      ...startingWith(samples, "ollama_installed_model_size_bytes"),
    }).toEqual({
      [`${EXPIRY}{model="qwen3:8b"}`]: Infinity,
      'ollama_loaded_model_size_bytes{model="llama3.2:latest"}': 2_778_566_656,
      'ollama_loaded_model_size_bytes{model="qwen3:8b"}': 6_207_561_728,
      'ollama_loaded_model_vram_bytes{model="llama3.2:latest"}': 2_778_566_656,
      'ollama_loaded_model_vram_bytes{model="qwen3:8b"}': 4_873_289_728,
      'ollama_loaded_model_context_tokens{model="llama3.2:latest"}': 4096,
      'ollama_loaded_model_context_tokens{model="qwen3:8b"}': 4096,
      'ollama_installed_model_size_bytes{model="llama3.2:latest"}': 2_019_393_189,
      'ollama_installed_model_size_bytes{model="qwen3:8b"}': 5_225_388_164,
      'ollama_installed_model_size_bytes{model="nomic-embed-text:latest"}': 274_302_450,
    });
    const info =
      'model="nomic-embed-text:latest",family="nomic-bert",parameter_size="137M",quantization="F16"';
    expect(samples.get(`ollama_installed_model_info{${info}}`)).toBe(1);
  });

  test("has the requests of installed models at 0 before the first one", async () => {
    await using ollama = startOllama();
    await using exporter = await start(ollama);
    const requests = 'ollama_requests_total{model="qwen3:8b"}';
    expect((await scrape(exporter.url)).get(requests)).toBe(0);
    await post(`${exporter.url}/api/chat`, { model: "qwen3:8b", messages: [] });
    expect((await scrape(exporter.url)).get(requests)).toBe(1);
  });

  test("forgets what was unloaded, and knows at once what was pulled, copied or deleted", async () => {
    await using ollama = startOllama();
    await using exporter = await start(ollama);
    const { url } = exporter;
    const usual = ["llama3.2:latest", "nomic-embed-text:latest", "qwen3:8b"];
    await post(`${url}/api/chat`, { model: "qwen3:8b", messages: [] });
    expect(await models(url, "loaded")).toEqual(["qwen3:8b"]);
    await post(`${url}/api/chat`, { model: "qwen3:8b", messages: [], keep_alive: 0 });
    expect(await models(url, "loaded")).toEqual([]);

    expect(await models(url, "installed")).toEqual(usual);
    await post(`${url}/api/pull`, { model: "Pulled" });
    expect(await models(url, "installed")).toEqual([...usual, "pulled:latest"].toSorted());
    await post(`${url}/api/copy`, { source: "pulled", destination: "copied:1b" });
    expect(await models(url, "installed")).toContain("copied:1b");
    for (const model of ["pulled", "copied:1b"]) {
      const body = JSON.stringify({ model });
      await (await fetch(`${url}/api/delete`, { method: "DELETE", body })).text();
    }
    expect(await models(url, "installed")).toEqual(usual);
  });
});

test("An upstream that is not Ollama is up, and no probe of it succeeds", async () => {
  await using upstream = await startRawUpstream(({ socket }) =>
    socket.write(answerOf("404 page not found", { status: "404 Not Found" })),
  );
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  const samples = await scrape(exporter.url);
  expect(samples.get("ollama_up")).toBe(1);
  expect(Object.values(startingWith(samples, "ollama_probe_success"))).toEqual([0, 0, 0]);
  expect(startingWith(samples, "ollama_version_info")).toEqual({});
});

test("What is pulled through the proxy shows on a metrics listener of its own", async () => {
  await using ollama = startOllama();
  const args = ["--metrics-listen", "127.0.0.1:0"];
  await using exporter = await startExporter({ upstream: ollama.url, args });
  const [, url = ""] = await exporter.says(/point Prometheus at (\S+)\/metrics\n/);
  expect(await models(url, "installed")).not.toContain("pulled:latest");
  await post(`${exporter.url}/api/pull`, { model: "pulled" });
  expect(await models(url, "installed")).toContain("pulled:latest");
});
