import { VERSION } from "../version.ts";
import compose from "./compose.yml" with { type: "text" };
import kubernetes from "./kubernetes.yml" with { type: "text" };
import unit from "./ollama-exporter.service" with { type: "text" };

/** What `print` can print. */
export const KIT_NAMES = ["systemd-unit", "compose", "kubernetes"] as const;
export type KitName = (typeof KIT_NAMES)[number];

/** Each file as a text that says which version it came with; a new one is its file and its row. */
export const KIT: Readonly<Record<KitName, string>> = {
  "systemd-unit": versioned(unit),
  compose: versioned(compose),
  kubernetes: versioned(kubernetes),
};

function versioned(text: string): string {
  return text.replaceAll("@VERSION@", VERSION);
}
