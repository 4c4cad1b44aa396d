import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";
import { TARGETS } from "../../scripts/build/targets.ts";

/** What building and packing consist of and work on. */
const PARTS = [
  "package.json",
  "bun.lock",
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "scripts",
  "src",
];

/** Nothing is downloaded, and a "runtime" is as small as a program. */
const STUBS = {
  "scripts/build/runtimes.ts": `
    export async function installRuntimes() {}
    export const runtimePath = () => import.meta.path;`,
  "scripts/build/version-resource.ts": `
    export const withVersionResource = (runtime) => Buffer.from(runtime);`,
  "scripts/build/compile.ts": `
    export const compile = ({ outfile, revision }) => Bun.write(outfile, revision);`,
};

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the project without a repository, with programs that are none. */
export interface ProjectTree extends AsyncDisposable {
  readonly folder: string;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  /** The names in a folder, sorted; none if it is not there. */
  list(path: string): Promise<string[]>;
  /** What is left in the folder for temporary files. */
  leftovers(): Promise<string[]>;
  start(args: readonly string[], env?: Env): Bun.Subprocess<"ignore", "pipe", "pipe">;
  run(args: readonly string[], env?: Env): Promise<Outcome>;
}

type Env = Readonly<Record<string, string | undefined>>;

function isOurs(path: string): boolean {
  return basename(path) !== "node_modules";
}

async function namesIn(path: string): Promise<string[]> {
  const names: string[] = await readdir(path).catch(() => []);
  return names.toSorted();
}

/** The project as `scripts/compile-all.ts` leaves it where there is no git, if it is told so. */
export async function growTree({ compiled = false } = {}): Promise<ProjectTree> {
  await using made = new AsyncDisposableStack();
  const work = await mkdtemp(join(tmpdir(), "ollama-exporter-tree-"));
  made.defer(() => rm(work, { recursive: true, force: true }));
  const folder = join(work, "project");
  const temporary = join(work, "temporary");
  await mkdir(temporary);
  for (const part of PARTS) {
    await cp(join(ROOT, part), join(folder, part), { recursive: true, filter: isOurs });
  }
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  const tree = {
    folder,
    async write(file: string, text: string) {
      await Bun.write(join(folder, file), text);
    },
    read: (file: string) => Bun.file(join(folder, file)).text(),
    list: (path: string) => namesIn(join(folder, path)),
    leftovers: () => namesIn(temporary),
    start: (args: readonly string[], env: Env = {}) =>
      Bun.spawn([process.execPath, ...args], {
        cwd: folder,
        env: { ...process.env, TMPDIR: temporary, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    async run(args: readonly string[], env: Env = {}) {
      await using child = tree.start(args, env);
      const said = [new Response(child.stdout).text(), new Response(child.stderr).text()] as const;
      const [code, stdout, stderr] = await Promise.all([child.exited, ...said]);
      return { code, stdout, stderr };
    },
  };
  for (const [file, text] of Object.entries(STUBS)) await tree.write(file, text);
  if (compiled) {
    for (const { name, os } of TARGETS) {
      const program = os === "windows" ? "ollama-exporter.exe" : "ollama-exporter";
      await tree.write(`dist/programs/${name}/${program}`, `the program of ${name}`);
    }
    await tree.write("dist/programs/REVISION", "unknown\n");
  }
  const kept = made.move();
  return { ...tree, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
