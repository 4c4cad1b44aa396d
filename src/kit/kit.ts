import { IMAGE, VERSION } from "../version.ts";
import rules from "./alert-rules.yml" with { type: "text" };
import compose from "./compose.yml" with { type: "text" };
import dashboard from "./grafana-dashboard.json" with { type: "text" };
import kubernetes from "./kubernetes.yml" with { type: "text" };
import type { KitName } from "./names.ts";
import unit from "./ollama-exporter.service" with { type: "text" };
import { withFiles } from "./with-files.ts";

const monitoring = {
  // To the compiler every JSON file is the object in it.
  "grafana-dashboard": versioned(dashboard as unknown as string),
  "alert-rules": versioned(rules),
};

/** Each file as a text that says which version it came with; a new one is its file, its name and its row. */
export const KIT: Readonly<Record<KitName, string>> = {
  ...monitoring,
  "systemd-unit": versioned(unit),
  compose: withFiles(versioned(compose), monitoring),
  kubernetes: versioned(kubernetes),
};

function versioned(text: string): string {
  return text.replaceAll("@VERSION@", VERSION).replaceAll("@IMAGE@", IMAGE);
}
