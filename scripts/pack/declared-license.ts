import { join } from "node:path";

/** The license that a package declares, as SPDX writes it. Throws, naming the package, if it declares none. */
export async function declaredLicense(folder: string): Promise<string> {
  const { name, license }: { name: string; license?: unknown } = await Bun.file(
    join(folder, "package.json"),
  ).json();
  if (typeof license !== "string") throw new Error(`${name} declares no license`);
  return license;
}
