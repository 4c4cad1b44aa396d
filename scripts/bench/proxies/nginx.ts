import { startPeer } from "./peer.ts";
import type { StartProxy } from "./proxy.ts";

/** As Debian ships it, without buffering; each request takes a fresh upstream connection, as ours. */
export const startNginx: StartProxy = (upstreamPort) =>
  startPeer({
    name: "nginx",
    versionFlag: "-v",
    arguments: (config, folder) => ["-p", folder, "-e", "stderr", "-c", config],
    config: (port, folder) => `
daemon off;
worker_processes auto;
worker_rlimit_nofile 20000;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 10000; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  client_max_body_size 0;
  keepalive_requests 100000000;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://127.0.0.1:${upstreamPort};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 600s;
    }
  }
}
`,
  });
