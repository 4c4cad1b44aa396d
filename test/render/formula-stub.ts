import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT } from "../../scripts/build/project.ts";

const STUB = fileURLToPath(new URL("formula-stub.rb", import.meta.url));

type BrewSystem = "macos" | "linux";
type BrewArch = "arm" | "intel";

/** What the stub says about a formula. */
interface Evaluated {
  readonly class: string;
  readonly url: string;
  readonly sha256: string;
  readonly version: string;
  readonly caveats: string;
  readonly livecheck: unknown;
  readonly service: {
    readonly run: string;
    readonly keep_alive: boolean;
    readonly working_dir: string;
    readonly log_path: string;
    readonly error_log_path: string;
  };
}

interface Said {
  readonly stdout: string;
  /** What is on stderr if the exit code is not 0. */
  readonly failure: string;
}

/** A Homebrew of its own with one formula in it. */
interface StubbedBrew extends AsyncDisposable {
  /** Where it installs; it is empty at first. */
  readonly prefix: string;
  /** The environment file of the service. */
  readonly settings: string;
  readonly formula: string;
  evaluate(system: BrewSystem, arch: BrewArch): Promise<Evaluated>;
  /** Installs what stands for an archive: these files and licenses. */
  install(files: Readonly<Record<string, string>>): Promise<void>;
  /** Installs an unpacked archive, which is empty then. */
  installFolder(folder: string): Promise<void>;
  /** Runs the formula's own test: what it says if it fails, and nothing if it passes. */
  test(): Promise<string>;
}

export async function stubbedBrew(text: string): Promise<StubbedBrew> {
  const root = await mkdtemp(join(tmpdir(), "brew-"));
  const prefix = join(root, "prefix");
  const formula = join(root, `${PROJECT.name}.rb`);
  await writeFile(formula, text);

  const ruby = async (cwd: string, ...args: readonly string[]): Promise<Said> => {
    const child = Bun.spawn(["ruby", STUB, formula, ...args], {
      cwd,
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ]);
    return { stdout, failure: code === 0 ? "" : stderr };
  };
  const run = async (cwd: string, ...args: readonly string[]): Promise<string> => {
    const { stdout, failure } = await ruby(cwd, ...args);
    if (failure !== "") throw new Error(failure);
    return stdout;
  };
  const installFolder = async (folder: string): Promise<void> => {
    await run(folder, "linux", "intel", prefix, "install");
  };
  return {
    prefix,
    settings: join(prefix, "etc", `${PROJECT.name}.env`),
    formula,
    evaluate: async (system, arch) => JSON.parse(await run(root, system, arch, prefix)),
    async install(files) {
      const folder = join(root, "unpacked");
      await mkdir(folder);
      const all = { "THIRD_PARTY_LICENSES.txt": "", ...files };
      for (const [name, content] of Object.entries(all)) {
        await writeFile(join(folder, name), content);
        await chmod(join(folder, name), content.startsWith("#!") ? 0o755 : 0o644);
      }
      await installFolder(folder);
      await rm(folder, { recursive: true });
    },
    installFolder,
    test: async () => (await ruby(root, "linux", "intel", prefix, "test")).failure,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
