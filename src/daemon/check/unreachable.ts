import { connect as connectTcp, isIP, type Socket } from "node:net";
import process from "node:process";
import { connect as connectTls } from "node:tls";
import type { UpstreamAddress } from "../../config.ts";
import { isLocal } from "../../proxy/host-check.ts";
import { addressesOf, isLoopback } from "../addresses.ts";

const DEADLINE_MS = 2000;

type Target = Pick<UpstreamAddress, "hostname" | "port">;

/** Why an upstream that gives no HTTP answer does not, as far as a connection tells, and the remedy. */
export async function whyUnreachable({
  protocol,
  hostname,
  port,
}: UpstreamAddress): Promise<string> {
  const target = { hostname, port };
  const addresses = await addressesOf(hostname);
  if (addresses.length === 0) return "its name does not resolve: check --upstream";
  const code = await errorOf(connectTcp({ host: hostname, port }), "connect");
  if (code !== undefined) {
    const text = REASONS[code] ?? `it cannot be connected to (${code})`;
    return text + localNetworkHint(code, addresses, process.platform);
  }
  if (protocol === "http:") return (await speaksTls(target)) ? TLS_THERE : NO_ANSWER;
  if (!(await speaksTls(target))) return "it speaks no TLS there: name it by http://";
  const distrust = await errorOf(secure(target, true), "secureConnect");
  return distrust === undefined ? NO_ANSWER : notTrusted(distrust);
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

const TLS_THERE = "it speaks TLS there: name it by https://";

const NO_ANSWER =
  "something listens there and gives no HTTP answer in 2 s: is it Ollama, and does it hang?";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there: start Ollama, or check --upstream",
  EHOSTUNREACH: "there is no way to that machine: check --upstream and the network",
  ENETUNREACH: "there is no way to that network: check --upstream and the network",
  ETIMEDOUT: "it does not answer: is the machine on, and does a firewall let us through?",
};

function notTrusted(code: string): string {
  return (
    `its certificate is not trusted (${code}): set NODE_EXTRA_CA_CERTS to a file with that of its ` +
    "authority, and use the name that it is made for"
  );
}

async function speaksTls(target: Target): Promise<boolean> {
  return (await errorOf(secure(target, false), "secureConnect")) === undefined;
}

function secure({ hostname, port }: Target, rejectUnauthorized: boolean): Socket {
  // RFC 6066 §3: no addresses.
  const servername = isIP(hostname) === 0 ? hostname : "";
  return connectTls({ host: hostname, port, servername, rejectUnauthorized });
}

/** The code of the error that comes before the event; undefined if none does. */
async function errorOf(socket: Socket, event: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve("ETIMEDOUT"), DEADLINE_MS);
  socket.once(event, () => resolve(undefined));
  socket.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "an unknown error"));
  socket.once("close", () => resolve("ECONNRESET"));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
