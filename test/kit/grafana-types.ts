import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFile } from "./temporary-file.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const manifest = fileURLToPath(import.meta.resolve("@grafana/schema/package.json"));
const grafana = `${dirname(manifest)}/dist/types`;

/** The kinds of panels, and what Grafana calls their own part of a field's settings. */
const KINDS: Readonly<Record<string, string>> = {
  stat: "object",
  timeseries: "Grafana.GraphFieldConfig",
  heatmap: "object",
  bargauge: "object",
  table: "Grafana.TableFieldOptions",
};

/** All may be left out, since Grafana has defaults; a word of an enumeration is written as text. */
const GIVEN = `type Given<T> = T extends string ? (string extends T ? T : \`\${T}\`)
  : T extends (infer One)[] ? Given<One>[]
  : T extends object ? { [Key in keyof T]?: Given<T[Key]> } : T;`;

interface Typed {
  readonly panels: readonly {
    readonly type: string;
    readonly options?: object;
    readonly fieldConfig?: { readonly defaults: { readonly custom?: object } };
  }[];
}

/** What the compiler finds in a dashboard that Grafana's own types do not know; empty if nothing. */
export async function unknownToGrafana({ panels, ...dashboard }: Typed): Promise<string> {
  const lines = [
    `import type * as Grafana from "${grafana}/index.d.ts";`,
    ...Object.keys(KINDS).map(
      (kind) =>
        `import type { Options as ${kind} } from "${grafana}/raw/composable/${kind}/panelcfg/x/types.gen.d.ts";`,
    ),
    GIVEN,
    constant("dashboard", "Omit<Grafana.Dashboard, 'panels'>", dashboard),
    ...panels.flatMap(({ options = {}, ...panel }, i) => {
      if (panel.type === "row") return [constant(`row${i}`, "Grafana.RowPanel", panel)];
      return [
        constant(`panel${i}`, "Grafana.Panel", panel),
        constant(`options${i}`, panel.type, options),
        constant(
          `field${i}`,
          KINDS[panel.type] ?? "never",
          panel.fieldConfig?.defaults.custom ?? {},
        ),
      ];
    }),
  ];
  await using file = await temporaryFile("dashboard.ts", lines.join("\n"));
  const flags = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--allowImportingTsExtensions",
  ];
  const tsc = [process.execPath, `${root}node_modules/typescript/bin/tsc`, ...flags];
  const child = Bun.spawn([...tsc, "--module", "preserve", "--types", "", file.path], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  // Awaited before the file goes.
  return await new Response(child.stdout).text();
}

function constant(name: string, type: string, value: object): string {
  return `export const ${name}: Given<${type}> = ${JSON.stringify(value)};`;
}
