import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryPackage extends AsyncDisposable {
  readonly folder: string;
}

/** A folder as npm packages are, with the text of each file by its name. */
export async function temporaryPackage(
  files: Readonly<Record<string, string>>,
): Promise<TemporaryPackage> {
  const folder = await mkdtemp(join(tmpdir(), "package-"));
  for (const [name, text] of Object.entries(files)) await Bun.write(join(folder, name), text);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
