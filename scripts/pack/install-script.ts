import { readFileSync } from "node:fs";
import { downloadUrl, latestUrl, PROJECT } from "../build/project.ts";
import { INSTALL_SCRIPT } from "./names.ts";

const VALUES: Readonly<Record<string, string>> = {
  "@VERSION@": PROJECT.version,
  "@DOWNLOAD@": downloadUrl("").replace(/\/$/, ""),
  "@HOME@": PROJECT.home,
  "@INSTALLER@": latestUrl(INSTALL_SCRIPT),
};

/** What stands for a value in the template. */
const PLACEHOLDER = /@[A-Z]+@/g;

/** The install script that belongs to this version. Throws if the template and its values disagree. */
export function installScript(template: string = readTemplate()): string {
  const missing = Object.keys(VALUES).find((placeholder) => !template.includes(placeholder));
  if (missing !== undefined) throw new Error(`install.sh has no ${missing}`);
  return template.replace(PLACEHOLDER, (placeholder) => {
    const value = VALUES[placeholder];
    if (value === undefined) throw new Error(`install.sh: nothing is known for ${placeholder}`);
    return value;
  });
}

function readTemplate(): string {
  return readFileSync(new URL(INSTALL_SCRIPT, import.meta.url), "utf8");
}
