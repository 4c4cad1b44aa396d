import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebConfigFile } from "../../src/config.ts";

/** A folder with a web config file. */
export interface WebConfigStage extends AsyncDisposable {
  readonly file: WebConfigFile;
  readonly folder: string;
  write(text: string): Promise<void>;
}

export async function webConfigStage(text = ""): Promise<WebConfigStage> {
  const folder = await mkdtempDisposable(join(tmpdir(), "web-config-"));
  const path = join(folder.path, "web.yml");
  const write = (content: string): Promise<void> => writeFile(path, content);
  await write(text);
  return {
    file: { path, source: "--web-config-file" },
    folder: folder.path,
    write,
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}

/** Of the password `secret`, at the least cost. */
export const HASH = "$2b$04$L1R2WBSlkYdOGAM83TKc/.AT9Nw8jYGZ8uTt0fQyUlvaiKehoTgy.";
