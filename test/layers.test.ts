import { expect, test } from "bun:test";
import { mkdir, mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What a file of a folder may import, and what it may not. */
const LAYERS: readonly (readonly [file: string, may: readonly string[], not: readonly string[]])[] =
  [
    ["proxy/x.ts", ["./tap.ts", "../exchange.ts"], ["../dialects/all.ts", "../errors.ts", "citty"]],
    ["dialects/x.ts", ["../exchange.ts"], ["../proxy/tap.ts", "../config.ts", "node_modules"]],
    ["state/x.ts", ["../proxy/upstream.ts"], ["../metrics/metrics.ts", "../handler.ts"]],
    ["messages/x.ts", ["./nearest.ts"], ["../config.ts"]],
    ["web-config/x.ts", ["../tls.ts", "yaml"], ["../routes/own.ts", "../handler.ts"]],
    ["metrics/x.ts", ["prom-client"], ["../proxy/tap.ts", "../dialects/all.ts", "citty"]],
    ["metrics/families/x.ts", ["../family.ts", "prom-client"], ["../../routes/own.ts"]],
    ["kit/x.ts", ["../version.ts"], ["../config.ts"]],
    ["page/x.ts", ["../apis.ts"], ["../config.ts", "uplot"]],
    ["page/browser/x.ts", ["uplot", "./scrape.ts"], ["../../apis.ts", "../live-page.ts"]],
    ["page/browser/view/x.ts", ["../scrape.ts"], ["../../live-page.ts", "prom-client"]],
    ["runtime/x.ts", ["../proxy/upstream.ts"], ["../daemon/serve.ts", "../log.ts", "prom-client"]],
    ["routes/x.ts", ["../metrics/metrics.ts"], ["../runtime/bun.ts", "../kit/kit.ts", "../log.ts"]],
    ["app.ts", ["./routes/own.ts"], ["./runtime/bun.ts", "./daemon/serve.ts", "./log.ts"]],
    ["daemon/x.ts", ["../runtime/bun.ts"], ["../cli/flags.ts", "../program.ts", "yaml"]],
    ["daemon/check/x.ts", ["../listen.ts"], ["../../cli/flags.ts", "../../app.ts"]],
    ["cli/x.ts", ["../config.ts", "citty"], ["../daemon/serve.ts", "../kit/kit.ts", "consola"]],
    ["log.ts", ["consola"], ["./app.ts", "citty"]],
    ["exchange.ts", ["./apis.ts"], ["./routes/own.ts", "./program.ts", "./log.ts", "citty"]],
  ];

test("each folder may import what lies below it, and nothing else", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "layers-"));
  const expected: string[] = [];
  for (const [file, may, not] of LAYERS) {
    const path = join(folder.path, "src", file);
    await mkdir(dirname(path), { recursive: true });
    const lines = [...may, ...not].map((target) => `export * from "${target}";\n`);
    await Bun.write(path, lines.join(""));
    for (const [at] of not.entries()) expected.push(`src/${file}:${may.length + at + 1}`);
  }
  await Bun.write(join(folder.path, ".oxlintrc.json"), await importRules());
  const oxlint = join(root, "node_modules/.bin/oxlint");
  const { stdout } = Bun.spawnSync([process.execPath, oxlint, "--format=unix", "src"], {
    cwd: folder.path,
  });
  const refused = [...String(stdout).matchAll(/^(\S+?:\d+):\d+: .*restricted/gm)];
  expect(refused.map(([, place]) => place ?? "").toSorted()).toEqual(expected.toSorted());
});

/** The project's rules for imports, without those that need its dependencies. */
async function importRules(): Promise<string> {
  const config: { overrides: { rules: object }[] } = await Bun.file(
    join(root, ".oxlintrc.json"),
  ).json();
  const overrides = config.overrides.filter(({ rules }) => "no-restricted-imports" in rules);
  return JSON.stringify({ categories: { correctness: "off" }, overrides });
}
