import { parse } from "yaml";
import { KIT } from "../../src/kit/kit.ts";

export interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
}

export interface ComposeFile {
  readonly services: Readonly<
    Record<"ollama-exporter" | "open-webui" | "prometheus" | "grafana", Service>
  >;
  readonly volumes: Readonly<Record<string, null>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

/** What `print compose` prints. */
export const COMPOSE: ComposeFile = parse(KIT.compose);

/** What a container of this service finds at a path. */
export function fileIn({ configs = [] }: Service, path: string): string {
  const source = configs.find(({ target }) => target === path)?.source ?? "";
  const content = COMPOSE.configs[source]?.content;
  if (content === undefined) throw new Error(`nothing is put at ${path}`);
  return interpolated(content);
}

/** As Compose reads it; what would be a variable is refused. */
function interpolated(content: string): string {
  return content.replaceAll(/\$(.?)/g, (sign, next: string) => {
    if (next !== "$") throw new Error(`Compose takes "${sign}…" for a variable`);
    return "$";
  });
}
