import { connect } from "node:net";
import process from "node:process";
import type { UpstreamAddress } from "../../config.ts";
import { isLocal } from "../../proxy/host-check.ts";
import { addressesOf, isLoopback } from "../addresses.ts";

const DEADLINE_MS = 2000;

/** Why an upstream that gives no HTTP answer does not, as far as a connection tells, and the remedy. */
export async function whyUnreachable({ hostname, port }: UpstreamAddress): Promise<string> {
  const addresses = await addressesOf(hostname);
  if (addresses.length === 0) return "its name does not resolve: check --upstream";
  const code = await connectionError(hostname, port);
  const text = code === undefined ? NO_HTTP : (REASONS[code] ?? `it fails with ${code}`);
  return text + localNetworkHint(code, addresses, process.platform);
}

/** macOS lets a program reach its own network only when the user has allowed it (macOS 15). */
export function localNetworkHint(
  code: string | undefined,
  addresses: readonly string[],
  platform: string,
): string {
  const near = addresses.some((address) => isLocal(address) && !isLoopback(address));
  if (platform !== "darwin" || code !== "EHOSTUNREACH" || !near) return "";
  return "; macOS may be in the way: System Settings, Privacy & Security, Local Network";
}

const NO_HTTP = "something listens there, and gives no HTTP answer: check the port of --upstream";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there: start Ollama, or check --upstream",
  EHOSTUNREACH: "there is no way to that machine: check --upstream and the network",
  ENETUNREACH: "there is no way to that network: check --upstream and the network",
  ETIMEDOUT: "it does not answer: is the machine on, and does a firewall let us through?",
};

/** The code of the error that a connection fails with; undefined if it can be made. */
async function connectionError(host: string, port: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const socket = connect({ host, port });
  const timer = setTimeout(() => resolve("ETIMEDOUT"), DEADLINE_MS);
  socket.once("connect", () => resolve(undefined));
  socket.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "an unknown error"));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
