import { $ } from "bun";
import { asRoot } from "./as-root.ts";
import { ADDRESS, BESIDE } from "./root-folder.ts";

export interface Network extends AsyncDisposable {
  /** A command that is run in it, by root. */
  inside(...command: readonly string[]): string[];
  /** Asks for a page in it, with a body if one is given. */
  ask(url: string, body?: string): Promise<string>;
}

/** What is run in it is gone after two minutes, even if nobody is left to end it. */
const TIMED = ["timeout", "--signal=KILL", "120"] as const;

/** A network of one machine, with nothing of ours on it; it is gone when we are. */
export async function createNetwork(ipv6: "on" | "off"): Promise<Network> {
  const script = `${import.meta.dir}/network.sh`;
  const child = Bun.spawn(
    asRoot("unshare", "--net", "bash", script, ipv6, BESIDE.address, ADDRESS),
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const pid = await firstLine(child.stdout);
  const inside = (...command: readonly string[]): string[] =>
    asRoot("nsenter", `--net=/proc/${pid}/ns/net`, "--", ...TIMED, ...command);
  return {
    inside,
    async ask(url, body) {
      const options = ["--fail", "--silent", "--show-error", "--max-time", "20", "--noproxy", "*"];
      const data = body === undefined ? [] : ["--data", body];
      return await $`${inside("curl", ...options, ...data, url)}`.text();
    },
    async [Symbol.asyncDispose]() {
      await child.stdin.end();
      await child.exited;
    },
  };
}

/** The first line of a stream that is not read on. */
export async function firstLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const more of stream.pipeThrough(new TextDecoderStream())) {
    text += more;
    if (text.includes("\n")) return text.split("\n", 1)[0] ?? "";
  }
  throw new Error(`it ended after ${JSON.stringify(text)}`);
}
