import { PROJECT } from "../build/project.ts";
import type { TargetName } from "../build/targets.ts";
import type { Checksums } from "../pack/checksums.ts";
import template from "./homebrew-formula.rb.txt" with { type: "text" };
import { type Project, releaseFile } from "./release-file.ts";

/** What brew installs. It cannot look whether an x64 processor has AVX2. */
const SOURCES = [
  "darwin_arm64",
  "darwin_x64",
  "linux_arm64",
  "linux_x64-baseline",
] as const satisfies readonly TargetName[];

/** The formula for the tap. Throws if the release lacks an archive. */
export function homebrewFormula(checksums: Checksums, project: Project = PROJECT): string {
  const sources = SOURCES.map((target): [string, string] => {
    const { url, sha256 } = releaseFile(checksums, target, project);
    return [target, `url ${quoted(url)}\n      sha256 ${quoted(sha256)}`];
  });
  const values = new Map([
    ["class", className(project.name)],
    ["name", project.name],
    ["desc", quoted(described(project))],
    ["homepage", quoted(project.home)],
    ["version", quoted(project.version)],
    ["license", quoted(project.license)],
    ...sources,
  ]);
  return template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, key: string) => {
    const value = values.get(key);
    if (value === undefined) throw new Error(`the formula's template asks for {{${key}}}`);
    return value;
  });
}

/** As brew derives it from the name of the file. */
function className(name: string): string {
  return name.replaceAll(/(?:^|[-_.\s])([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

/** `brew style` wants neither an article in front nor a full stop behind. */
function described({ description }: Project): string {
  const text = description.replace(/^(?:an?|the) /i, "").replace(/\.$/, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A Ruby string in which nothing is interpolated. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/#(?=[{$@])/g, String.raw`\#`);
}
