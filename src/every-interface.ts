const NAMES: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

/** Whether a listener of this hostname is reached at every address of the machine. */
export function isEveryInterface(hostname: string): boolean {
  return NAMES.has(hostname);
}
