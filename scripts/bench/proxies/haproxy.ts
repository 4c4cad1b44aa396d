import { startPeer } from "./peer.ts";
import type { StartProxy } from "./proxy.ts";

/** Each request takes a fresh upstream connection, as ours. */
export const startHaproxy: StartProxy = (upstreamPort) =>
  startPeer({
    name: "haproxy",
    versionFlag: "-v",
    arguments: (config) => ["-q", "-db", "-f", config],
    config: (port) => `
global
  maxconn 5000
defaults
  mode http
  option http-no-delay
  option http-server-close
  http-reuse never
  timeout connect 10s
  timeout client 600s
  timeout server 600s
listen ollama
  bind 127.0.0.1:${port} backlog 4096
  server ollama 127.0.0.1:${upstreamPort}
`,
  });
