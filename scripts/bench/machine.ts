import { cpus, release, totalmem, type } from "node:os";

/** What the figures depend on, in one line. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} x ${cpu?.model.trim() ?? "?"}, ${memory} GB, ${type()} ${release()}`;
}
