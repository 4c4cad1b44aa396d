/** A command as root runs it, whoever we are. */
export function asRoot(...command: readonly string[]): string[] {
  return process.getuid?.() === 0 ? [...command] : ["sudo", "--non-interactive", ...command];
}

/** Why namespaces cannot be had here; undefined if they can, and where nothing may be skipped. */
export function skipWithoutNamespaces(): string | undefined {
  if (process.env["REQUIRE_ALL"] === "true") return undefined;
  const command = asRoot("unshare", "--mount", "--pid", "--net", "--fork", "true");
  if (Bun.which(command[0] ?? "") !== null) {
    if (Bun.spawnSync(command, { stdio: ["ignore", "ignore", "ignore"] }).success) return undefined;
  }
  return "skipped: namespaces need root, or sudo without a password, on Linux";
}
