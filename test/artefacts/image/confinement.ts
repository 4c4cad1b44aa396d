import { readFile } from "node:fs/promises";
import type { Container } from "./container.ts";

/** What the kernel knows of a container's main process. */
export async function confinement({ pid }: Container): Promise<Record<string, string>> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const of = (field: string): string =>
    new RegExp(`^${field}:[ \\t]*(.*?)[ \\t]*$`, "m").exec(status)?.[1] ?? "";
  const same = (field: string): string => [...new Set(of(field).split(/\s+/))].join(" ");
  const mounts = await readFile(`/proc/${pid}/mountinfo`, "utf8");
  const [, , , , , options = ""] =
    mounts
      .split("\n")
      .map((line) => line.split(" "))
      .find(([, , , , at]) => at === "/") ?? [];
  const plain = ["Groups", "CapPrm", "CapEff", "CapBnd", "NoNewPrivs"];
  return {
    Uid: same("Uid"),
    Gid: same("Gid"),
    ...Object.fromEntries(plain.map((field) => [field, of(field)])),
    // As the host sees it, and as it sees itself: the one that gets the engine's signals.
    NSpid: of("NSpid").split(/\s+/).at(-1) ?? "",
    root: options.split(",")[0] ?? "",
  };
}
