import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { git } from "../../scripts/release/git.ts";
import { ROOT } from "../../scripts/build/root.ts";

/** What `bun run release` consists of and works on. */
const PARTS = [
  "package.json",
  "README.md",
  "scripts/release.ts",
  "scripts/release",
  "scripts/readme.ts",
  "scripts/readme",
  "scripts/build/project.ts",
  "scripts/build/root.ts",
  "scripts/command",
  "src",
  ".gitignore",
];

export const CHANGELOG = `# Changelog

What changes.

## Unreleased

- [FEATURE] It can be released.

## 0.0.9 / 2026-01-02

- [FEATURE] It was released.
`;

/** Whatever the machine's git is told to do elsewhere. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** A repository of its own, with a remote. */
export interface ProjectCopy extends AsyncDisposable {
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  /** Every reference of the remote. */
  remote(): Promise<string>;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  /** `bun run release ARGS` */
  release(...args: readonly string[]): Promise<{ code: number; output: string }>;
}

/** The project at 0.1.0 in a temporary folder, on main, clean and pushed. */
export async function copyProject(changelog = CHANGELOG): Promise<ProjectCopy> {
  await using made = new AsyncDisposableStack();
  const work = await mkdtemp(join(tmpdir(), "ollama-exporter-release-"));
  made.defer(() => rm(work, { recursive: true, force: true }));
  const folder = join(work, "project");
  const bare = join(work, "remote.git");
  for (const part of PARTS) {
    await mkdir(dirname(join(folder, part)), { recursive: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  // A folder's pattern in .gitignore means no link.
  await mkdir(join(folder, "node_modules"));
  await symlink(
    join(ROOT, "node_modules/prom-client"),
    join(folder, "node_modules/prom-client"),
    "junction",
  );
  const copy = {
    folder,
    git: (...args: readonly string[]) => git(folder, ...args),
    remote: () => git(bare, "show-ref"),
    async write(file: string, text: string) {
      await Bun.write(join(folder, file), text);
    },
    read: (file: string) => Bun.file(join(folder, file)).text(),
    async release(...args: readonly string[]) {
      const child = Bun.spawn([process.execPath, "scripts/release.ts", ...args], {
        cwd: folder,
        env: ENVIRONMENT,
        stdout: "pipe",
        stderr: "pipe",
      });
      const texts = [child.stdout, child.stderr].map((stream) => new Response(stream).text());
      const output = (await Promise.all(texts)).join("");
      return { code: await child.exited, output };
    },
  };
  const manifest = await copy.read("package.json");
  await copy.write("package.json", manifest.replace(/"version": "[^"]+"/, '"version": "0.1.0"'));
  await copy.write("CHANGELOG.md", changelog);
  await git(work, "init", "--quiet", "--bare", bare);
  await copy.git("init", "--quiet", "--initial-branch=main");
  const settings = {
    "user.name": "Test",
    "user.email": "test@example.org",
    "commit.gpgSign": "false",
    "tag.gpgSign": "false",
    "core.hooksPath": ".git/hooks",
  };
  for (const [name, value] of Object.entries(settings)) await copy.git("config", name, value);
  await copy.git("add", "--all");
  await copy.git("commit", "--quiet", "--message", "All of it");
  await copy.git("remote", "add", "origin", bare);
  await copy.git("push", "--quiet", "origin", "main");
  const kept = made.move();
  return { ...copy, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
