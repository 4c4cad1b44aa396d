import type { PROJECT } from "../build/project.ts";

/** The README with the addresses and the version of package.json, whatever it had before. */
export function withAddresses(text: string, project: typeof PROJECT): string {
  const { version, repository, brewTap, image } = project;
  return text
    .replaceAll(/github\.com\/[\w.-]+\/[\w-]+/g, `github.com/${repository}`)
    .replaceAll(/(?<=--repo )[\w.-]+\/[\w.-]+/g, repository)
    .replaceAll(/ghcr\.io\/[\w.-]+\/[\w.-]+\b/g, image)
    .replaceAll(/(?<=brew \w+ )[\w.-]+\/[\w.-]+/g, brewTap)
    .replaceAll(/(?<=\/releases\/download\/v)\d+\.\d+\.\d+(?:-[\w.]+)?/g, version)
    .replaceAll(/(?<=ollama-exporter_)\d+\.\d+\.\d+(?:-[\w.]+)?(?=_)/g, version);
}
