import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { ROOT } from "../../scripts/build/root.ts";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tree with our scripts, programs that are empty, and a Docker that is played. */
export interface Scene extends AsyncDisposable {
  run(
    script: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
  /** The words of each call of Docker so far. */
  calls(): Promise<string[]>;
  /** Every file that the played Docker has made of this name. */
  files(name: string): Promise<string[]>;
}

export const IMAGE = `${PROJECT.image}:try`;

export async function setScene(programs: readonly string[]): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), "ollama-exporter-scene-"));
  await mkdir(join(folder, "bin"));
  await mkdir(join(folder, "play"));
  await symlink(`${ROOT}scripts`, join(folder, "scripts"));
  await symlink(`${import.meta.dir}/docker.sh`, join(folder, "bin/docker"));
  await symlink(process.execPath, join(folder, "bin/bun"));
  for (const program of programs) {
    const path = join(folder, "dist/programs", program);
    await mkdir(dirname(path), { recursive: true });
    await Bun.write(path, "");
    await chmod(path, 0o755);
  }
  const plays = join(folder, "play");
  return {
    async run(script, args, env = {}) {
      const child = Bun.spawn(["bash", join(folder, "scripts/ci", script), ...args], {
        env: {
          PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
          HOME: folder,
          PLAY: plays,
          PLAYED_IMAGE: IMAGE,
          PLAYED_VERSION: PROJECT.version,
          EXPORTER: `${process.execPath} ${ROOT}src/main.ts`,
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const said = [new Response(child.stdout).text(), new Response(child.stderr).text()] as const;
      const [code, stdout, stderr] = await Promise.all([child.exited, ...said]);
      return { code, stdout, stderr };
    },
    async calls() {
      const text = await readFile(join(plays, "calls"), "utf8").catch(() => "");
      return text.split("\n").filter(Boolean);
    },
    async files(name) {
      const paths = await Array.fromAsync(new Bun.Glob(`*/${name}`).scan(plays));
      return Promise.all(paths.map((path) => readFile(join(plays, path), "utf8")));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
