import { expect } from "bun:test";
import { makeCertificates } from "../support/certificates.ts";
import { startExporter } from "../support/exporter.ts";
import { untilValue } from "../support/prometheus-query.ts";
import { startPrometheus } from "../support/prometheus.ts";
import { testWith } from "../support/test-with.ts";
import { HASH, webConfigStage } from "../web-config/stage.ts";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";

const test = testWith("prometheus", "openssl");

test("Prometheus scrapes with a client certificate and a password, and not without", async () => {
  await using certificates = await makeCertificates();
  const { path } = certificates;
  const text = `
tls_server_config:
  cert_file: ${path("server.pem")}
  key_file: ${path("server.key")}
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ${path("authority.pem")}
  min_version: TLS13
http_server_config:
  headers:
    Strict-Transport-Security: max-age=31536000
basic_auth_users:
  prometheus: ${HASH}
`;
  await using stage = await webConfigStage(text);
  // Prometheus reads the file as we do.
  const checked = Bun.spawnSync(["promtool", "check", "web-config", stage.file.path]);
  expect([checked.exitCode, String(checked.stderr)]).toEqual([0, `${stage.file.path} SUCCESS\n`]);

  const ollama = startSimulatedOllama({ pace: 0 });
  await using started = new AsyncDisposableStack();
  started.defer(ollama.stop);
  const args = ["--web-config-file", stage.file.path, "--metrics-listen", "127.0.0.1:0"];
  const exporter = started.use(await startExporter({ upstream: ollama.url, args }));
  const [, target = ""] = await exporter.says(/point Prometheus at https:\/\/(\S+)\/metrics\n/);
  const ca = { ca_file: path("server.pem") };
  const pair = { cert_file: path("client.pem"), key_file: path("client.key") };
  const user = { username: "prometheus", password: "secret" };
  const secure = { targets: [target], scheme: "https" };
  const prometheus = started.use(
    await startPrometheus({
      both: { ...secure, tls_config: { ...ca, ...pair }, basic_auth: user },
      stranger: { ...secure, tls_config: ca, basic_auth: user },
      nobody: { ...secure, tls_config: { ...ca, ...pair } },
      plain: { targets: [target], basic_auth: user },
    }),
  );
  for (const [job, up] of Object.entries({ both: 1, stranger: 0, nobody: 0, plain: 0 })) {
    await untilValue(prometheus.url, `up{job="${job}"}`, up);
  }
  await untilValue(prometheus.url, 'ollama_up{job="both"}', 1);
});
