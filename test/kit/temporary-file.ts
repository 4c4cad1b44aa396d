import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFile extends AsyncDisposable {
  readonly path: string;
}

/** A file of this name and text, alone in its folder. */
export async function temporaryFile(name: string, text: string): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), "ollama-exporter-kit-"));
  const path = join(folder, name);
  await Bun.write(path, text);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
