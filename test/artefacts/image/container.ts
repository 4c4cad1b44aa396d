import { $ } from "bun";
import { follow } from "../../../scripts/smoke/log.ts";
import type { ImageConfig } from "../../image/dockerfile.ts";
import { asRoot } from "./as-root.ts";
import type { Network } from "./network.ts";

export interface ContainerOptions {
  readonly image: ImageConfig;
  /** The root folder of the image. */
  readonly root: string;
  readonly network: Network;
  /** What follows the entry point. */
  readonly args?: readonly string[];
  /** Beside the image's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Container extends AsyncDisposable {
  /** As the host sees its main process. */
  readonly pid: string;
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Runs a command in it, as `docker exec` and health checks do. */
  exec(command: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }>;
  signal(name: NodeJS.Signals): Promise<void>;
  /** The exit code of its main process. */
  readonly exited: Promise<number>;
}

/** Runs an image as an engine does: `enter.sh` has the particulars. */
export async function startContainer(options: ContainerOptions): Promise<Container> {
  const { image, root, network, args = [] } = options;
  const [user = "", group = ""] = image.user.split(":");
  const confined = [root, user, group, ...variables(options), "--"];
  const namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"];
  const enter = ["bash", `${import.meta.dir}/enter.sh`, ...confined, ...image.entrypoint, ...args];
  const child = Bun.spawn(network.inside(...namespaces, ...enter), {
    stdio: ["ignore", "inherit", "pipe"],
  });
  const log = follow(child.stderr);
  const [, pid = ""] = await log.until(/^pid (\d+)\n/, "the process id");
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    await $`${asRoot("kill", `-${name}`, pid)}`.nothrow().quiet();
  };
  return {
    pid,
    says: (pattern) => log.until(pattern, String(pattern)),
    async exec(command) {
      const confine = ["bash", `${import.meta.dir}/confine.sh`, ...confined, ...command];
      const into = ["nsenter", "--mount", "--pid", "--net", `--target=${pid}`, "--"];
      const { exitCode, stdout } = await $`${asRoot(...into, ...confine)}`.nothrow().quiet();
      return { code: exitCode, stdout: stdout.toString() };
    },
    signal,
    exited: child.exited,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) await signal("SIGKILL");
      await child.exited;
      await log.whole;
    },
  };
}

/** What the base image and an engine set beside the image's own. */
function variables({ image, env = {} }: ContainerOptions): string[] {
  const all = {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    SSL_CERT_FILE: "/etc/ssl/certs/ca-certificates.crt",
    HOSTNAME: "container",
    HOME: "/home/nonroot",
    ...image.env,
    ...env,
  };
  return Object.entries(all).map(([name, value]) => `${name}=${value}`);
}
