import { resolve } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";
import { PAGE_ENTRYPOINTS } from "../../scripts/page/bundle-page.ts";

/** The purls of the npm packages that the bundler takes a file of into the program, or into its page. */
export async function bundledPackages(): Promise<ReadonlySet<string>> {
  const inputs = [
    ...(await inputsOf([`${ROOT}src/main.ts`], "bun")),
    ...(await inputsOf(PAGE_ENTRYPOINTS, "browser")),
  ];
  const folders = new Set(inputs.flatMap(packageFolder));
  return new Set(await Promise.all([...folders].map(purlOf)));
}

async function inputsOf(entrypoints: string[], target: Bun.Target): Promise<string[]> {
  const { metafile } = await Bun.build({ entrypoints, target, minify: true, metafile: true });
  return Object.keys(metafile?.inputs ?? {});
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
