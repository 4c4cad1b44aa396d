/** The README's words by which the service may read its key, on a copy of this machine. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { DIST } from "../../scripts/build/root.ts";
import { freePort } from "../../scripts/demo/free-port.ts";
import { debName } from "../../scripts/pack/names.ts";
import { bootSystemd, skipWithoutNamespaces } from "../deb/booted-systemd.ts";
import { NATIVE } from "../deb/debs.ts";
import { changeSettings, install } from "../deb/installation.ts";
import { skipWithoutRoot } from "../deb/machine.ts";
import { startServiceUpstream } from "../deb/service-upstream.ts";
import { makeCertificates } from "../support/certificates.ts";
import { skipWithout } from "../support/skip-without.ts";
import { block } from "./readme-words.ts";

const DEB = DIST + debName(NATIVE);
const WEB_CONFIG = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n";

const missing =
  process.env["REQUIRE_ALL"] === "true" || existsSync(DEB)
    ? undefined
    : `skipped: there is no ${DEB}`;
const reason =
  ["dpkg", "systemctl", "openssl"].map(skipWithout).find(Boolean) ??
  missing ??
  skipWithoutRoot() ??
  skipWithoutNamespaces();

test.skipIf(reason !== undefined)(
  `The service speaks TLS with a key that only a group of its own may read${reason === undefined ? "" : ` (${reason})`}`,
  async () => {
    await using certificates = await makeCertificates();
    await using upstream = await startServiceUpstream();
    await using machine = await bootSystemd();
    await install(machine, DEB);
    const port = await freePort(18_000);
    await changeSettings(machine, {
      OLLAMA_EXPORTER_LISTEN: `127.0.0.1:${port}`,
      OLLAMA_EXPORTER_UPSTREAM: upstream.url,
      OLLAMA_EXPORTER_WEB_CONFIG_FILE: "/etc/ollama-exporter/web.yml",
    });
    const cert = await certificates.text("server.pem");
    const files = {
      "web.yml": WEB_CONFIG,
      "server.pem": cert,
      "server.key": await certificates.text("server.key"),
    };
    for (const [name, text] of Object.entries(files)) {
      const path = `/etc/ollama-exporter/${name}`;
      const write = `mkdir -p /etc/ollama-exporter && umask 077 && cat > ${path}`;
      await machine.run(["sh", "-c", write], text);
    }

    for (const command of block("sudo groupadd --system")) {
      await machine.run(["sh", "-c", command.replaceAll("sudo ", "")]);
    }
    await upstream.nextStart();
    const mode = await machine.run(["stat", "--format=%a", "/etc/ollama-exporter/server.key"]);
    expect(mode).toBe("640\n");
    const tls = { ca: [cert] };
    const answer = await fetch(`https://127.0.0.1:${port}/-/ready`, { tls } as RequestInit);
    expect(await answer.text()).toStartWith("ollama-exporter is ready.\n");
  },
  180_000,
);
