import { VERSION } from "../version.ts";
import rules from "./alert-rules.yml" with { type: "text" };
import dashboard from "./grafana-dashboard.json" with { type: "text" };

/** What `print` can print. */
export const KIT_NAMES = ["grafana-dashboard", "alert-rules"] as const;
export type KitName = (typeof KIT_NAMES)[number];

/** Each file as a text that says which version it came with; a new one is its file and its row. */
export const KIT: Readonly<Record<KitName, string>> = {
  // To the compiler every JSON file is the object in it.
  "grafana-dashboard": versioned(dashboard as unknown as string),
  "alert-rules": versioned(rules),
};

function versioned(text: string): string {
  return text.replaceAll("@VERSION@", VERSION);
}
