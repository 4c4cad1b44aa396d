import type { Source } from "../config.ts";
import { wrongValue } from "./wrong-value.ts";

/** `*.` stands for every name below one. */
const HOST = /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$|^[0-9a-f:]*:[0-9a-f:.]*$/;

/** Reads names and addresses with commas between them, in lower case; throws a usage error. */
export function parseHostList(text: string, source: Source): string[] {
  const hosts = text.split(",").map((host) => host.trim().toLowerCase());
  if (!hosts.every((host) => HOST.test(host) && !/^[^:]+:\d+$/.test(host))) {
    const remedy = "names or addresses without a port, with commas between them";
    throw wrongValue(source, text, "is not a list of hosts", remedy, "ollama.lan,*.example.org");
  }
  return hosts;
}
