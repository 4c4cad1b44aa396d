import { afterAll, afterEach, beforeAll, describe } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, start, type Started } from "./started.ts";

export interface Way {
  readonly compiled: boolean;
  /** Whether it starts anew as a child, as on Windows, and not in its own place. */
  readonly child: boolean;
}

const ENTRY = fileURLToPath(new URL("entry.ts", import.meta.url));

/** The environment in which a program takes the machine for Windows. */
export const AS_ON_WINDOWS = {
  BUN_OPTIONS: `--preload=./${relative(ROOT, fileURLToPath(new URL("as-on-windows.ts", import.meta.url)))}`,
};

type Start = (args?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Started>;

export const AS_CHILD: readonly Way[] = [
  { compiled: false, child: true },
  { compiled: true, child: true },
];
export const IN_PLACE: readonly Way[] = [
  { compiled: false, child: false },
  { compiled: true, child: false },
];

/** Declares tests for the entry, from source and compiled. */
export function onEachWay(
  ways: readonly Way[],
  declare: (startEntry: Start, way: Way) => void,
): void {
  describe.each(ways)("Started anew (%j)", (way) => {
    let folder: string;
    let command: readonly string[];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "start-anew-"));
      command = way.compiled ? [await compile(folder)] : [process.execPath, ENTRY];
    });
    afterAll(() => rm(folder, { recursive: true }));
    // Disposed of here, because a test that times out never leaves its own scope.
    let running = new AsyncDisposableStack();
    afterEach(async () => {
      await running.disposeAsync();
      running = new AsyncDisposableStack();
    });
    const own = way.child ? AS_ON_WINDOWS : {};
    const startEntry: Start = async (args = [], env = {}) =>
      running.use(await start([...command, ...args], { ...own, ...env }));
    declare(startEntry, way);
  });
}

async function compile(folder: string): Promise<string> {
  const outfile = join(folder, "a program");
  const compiled = { outfile, autoloadDotenv: false, autoloadBunfig: false };
  await Bun.build({ entrypoints: [ENTRY], compile: compiled });
  return outfile;
}
