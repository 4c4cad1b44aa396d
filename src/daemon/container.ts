import process from "node:process";

/** Docker and podman put these into every container. */
const FILES = ["/.dockerenv", "/run/.containerenv"] as const;

/** podman and systemd-nspawn set the first, Kubernetes the second. */
const VARIABLES = ["container", "KUBERNETES_SERVICE_HOST"] as const;

/** Whether this process seems to run in a container. */
export function inContainer(
  exists: (path: string) => boolean,
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return VARIABLES.some((name) => Boolean(env[name])) || FILES.some(exists);
}
