import { describe, expect, test } from "bun:test";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { parse } from "yaml";
import { PROJECT } from "../../scripts/build/project.ts";
import { parseDuration } from "../../src/cli/duration.ts";
import { resolveConfig } from "../../src/cli/resolve-config.ts";
import { FLAGS } from "../../src/cli/flags.ts";
import { KIT } from "../../src/kit/kit.ts";
import { testWith } from "../support/test-with.ts";
import { COMPOSE, fileIn } from "./compose-file.ts";

const { services, volumes, configs } = COMPOSE;
const { prometheus, grafana } = services;
const exporter = services["ollama-exporter"];

const RULES_PATH = "/etc/prometheus/ollama-exporter.yml";
const DASHBOARD_PATH = "/etc/grafana/provisioning/dashboards/ollama-exporter.json";

/** Where a text breaks the published schema of Compose files, or a rule that the linter calls an error. */
async function errors(text: string): Promise<string[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "ollama-exporter-compose-"));
  const path = join(folder.path, "compose.yml");
  await Bun.write(path, text);
  const linter = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
  const messages = linter.lintFiles([path], false).flatMap((result) => result.messages);
  return messages.filter(({ type }) => type === "error").map(({ message }) => message);
}

describe("The overlay", () => {
  test("keeps to the published schema of Compose files", async () => {
    expect(await errors(KIT.compose)).toEqual([]);
  });

  for (const [what, from, to, fault] of [
    ["a misspelled field", "read_only: true", "readonly: true", "must NOT have additional"],
    ["a value of the wrong type", "[CMD, ", "[7, ", "must be string"],
    ["a port that the whole network reaches", `"127.0.0.1:9090:9090"`, `"9090:9090"`, "9090"],
  ] as const) {
    test(`would not with ${what}`, async () => {
      const text = KIT.compose.replace(from, to);
      expect(text).not.toBe(KIT.compose);
      expect((await errors(text)).join("\n")).toContain(fault);
    });
  }

  test("carries the dashboard and the rules as they are printed alone", () => {
    expect(fileIn(prometheus, RULES_PATH)).toBe(KIT["alert-rules"]);
    expect(fileIn(grafana, DASHBOARD_PATH)).toBe(KIT["grafana-dashboard"]);
  });

  test("has all files and volumes that its services use, and no others", () => {
    const used = Object.values(services);
    const sources = used.flatMap((service) => (service.configs ?? []).map(({ source }) => source));
    expect(Object.keys(configs).toSorted()).toEqual(sources.toSorted());
    const mounted = used.flatMap((service) =>
      (service.volumes ?? []).map((it) => it.split(":")[0]),
    );
    expect(Object.keys(volumes).toSorted()).toEqual(mounted.map(String).toSorted());
  });

  test("leaves Compose no variable to fill in", () => {
    expect(KIT.compose.replaceAll("$$", "").match(/\$.{0,20}/g)).toBeNull();
  });

  test("opens every port on loopback alone, and none of Open WebUI's own", () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(ports.map((port) => port.split(":")[1])).toEqual(["8000", "9090", "3001"]);
  });

  test("names a version of each image", () => {
    expect(exporter.image).toBe(`${PROJECT.image}:${PROJECT.version}`);
    for (const { image } of [prometheus, grafana]) expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
  });
});

describe("The overlay's exporter", () => {
  test("gets variables that the program knows, and no other", () => {
    const { config, warnings } = resolveConfig({}, exporter.environment ?? {});
    expect(warnings).toEqual([]);
    expect(config).toMatchObject({
      upstream: { hostname: "ollama", port: 11434 },
      listen: { hostname: "", port: 8000 },
      allowedHosts: ["ollama-exporter"],
    });
  });

  test("has no rights and writes nothing", () => {
    expect(exporter).toMatchObject({ user: "65532:65532", read_only: true, cap_drop: ["ALL"] });
    expect(exporter.security_opt).toEqual(["no-new-privileges:true"]);
  });

  test("is asked for its health as in the image", async () => {
    const dockerfile = await Bun.file(
      new URL("../../scripts/image/Dockerfile", import.meta.url),
    ).text();
    const [, words = ""] = /^ +CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    expect(exporter.healthcheck?.test).toEqual(["CMD", ...JSON.parse(words)]);
  });

  test("is stopped before Ollama, and has the time that its answers may take", () => {
    expect(exporter.depends_on).toEqual(["ollama"]);
    const stop = parseDuration(exporter.stop_grace_period ?? "", "stop_grace_period");
    expect(stop).toBeGreaterThan(parseDuration(FLAGS.gracePeriod.default ?? "", "default"));
  });
});

test("Open WebUI and Prometheus go to the exporter by a name that it answers to", () => {
  const { OLLAMA_BASE_URL } = services["open-webui"].environment ?? {};
  expect(OLLAMA_BASE_URL).toBe("http://ollama-exporter:8000");
  const { scrape_configs } = parse(fileIn(prometheus, "/etc/prometheus/prometheus.yml"));
  expect(scrape_configs).toEqual([
    { job_name: "ollama", static_configs: [{ targets: ["ollama-exporter:8000"] }] },
  ]);
});

test("Grafana has Prometheus as its data source, and reads the folder where the dashboard is", () => {
  const folder = "/etc/grafana/provisioning";
  const { datasources } = parse(fileIn(grafana, `${folder}/datasources/ollama-exporter.yml`));
  expect(datasources).toEqual([
    expect.objectContaining({ type: "prometheus", url: "http://prometheus:9090", isDefault: true }),
  ]);
  const { providers } = parse(fileIn(grafana, `${folder}/dashboards/ollama-exporter.yml`));
  expect(providers).toEqual([
    expect.objectContaining({ type: "file", options: { path: `${folder}/dashboards` } }),
  ]);
});

testWith("promtool")("Prometheus accepts its configuration and the rules in it", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "ollama-exporter-compose-"));
  const rules = join(folder.path, "rules.yml");
  const config = join(folder.path, "prometheus.yml");
  await Bun.write(rules, fileIn(prometheus, RULES_PATH));
  const text = fileIn(prometheus, "/etc/prometheus/prometheus.yml");
  expect(text).toContain(RULES_PATH);
  await Bun.write(config, text.replace(RULES_PATH, rules));
  const check = Bun.spawnSync(["promtool", "check", "config", config]);
  expect(check.stderr.toString()).toBe("");
  expect(check.exitCode).toBe(0);
});
