import { resolve } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";

/** The purls of the npm packages that the bundler takes a file of into the program. */
export async function bundledPackages(): Promise<ReadonlySet<string>> {
  const { metafile } = await Bun.build({
    entrypoints: [`${ROOT}src/main.ts`],
    target: "bun",
    minify: true,
    metafile: true,
  });
  const folders = Object.keys(metafile?.inputs ?? {}).flatMap(packageFolder);
  return new Set(await Promise.all([...new Set(folders)].map(purlOf)));
}

function packageFolder(input: string): string[] {
  const [folder] = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll("\\", "/")) ?? [];
  return folder === undefined ? [] : [resolve(folder)];
}

async function purlOf(folder: string): Promise<string> {
  const manifest: { name: string; version: string } = await Bun.file(
    `${folder}/package.json`,
  ).json();
  return `pkg:npm/${manifest.name.replace("@", "%40")}@${manifest.version}`;
}
