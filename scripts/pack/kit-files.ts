import { KIT } from "../../src/kit/kit.ts";
import type { KitName } from "../../src/kit/names.ts";

/** What the files of the kit are called, as they lie in src/kit and in packages. */
const NAMES: Readonly<Record<KitName, string>> = {
  "grafana-dashboard": "grafana-dashboard.json",
  "alert-rules": "alert-rules.yml",
  "systemd-unit": "ollama-exporter.service",
  compose: "compose.yml",
  kubernetes: "kubernetes.yml",
};

/** The texts of the kit by their files' names. */
export const KIT_FILES: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).map(([name, file]) => [file, KIT[name as KitName]]),
);
