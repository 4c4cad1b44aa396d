/** The README's recipe for Ollama's port, word by word, on a copy of this machine with systemd. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { DIST } from "../../scripts/build/root.ts";
import { freePort } from "../../scripts/demo/free-port.ts";
import { debName } from "../../scripts/pack/names.ts";
import { bootSystemd, skipWithoutNamespaces } from "../deb/booted-systemd.ts";
import { NATIVE } from "../deb/debs.ts";
import { install } from "../deb/installation.ts";
import { skipWithoutRoot } from "../deb/machine.ts";
import { ANSWER, startServiceUpstream } from "../deb/service-upstream.ts";
import { accepts, untilRefused } from "../deb/until-refused.ts";
import { skipWithout } from "../support/skip-without.ts";
import { block } from "./readme-words.ts";

const MOST_TIME = 180_000;
const DEB = DIST + debName(NATIVE);

const missing =
  process.env["REQUIRE_ALL"] === "true" || existsSync(DEB)
    ? undefined
    : `skipped: there is no ${DEB}`;
const reason =
  ["dpkg", "systemctl"].map(skipWithout).find(Boolean) ??
  missing ??
  skipWithoutRoot() ??
  skipWithoutNamespaces();

/** Stands in for Ollama: it listens where OLLAMA_HOST says, and asks one that can be. */
const ollamaUnit = (host: string, upstream: string): string => `[Service]
Environment=OLLAMA_HOST=${host}
ExecStart=/usr/bin/ollama-exporter --listen \${OLLAMA_HOST} --upstream ${upstream}
Type=exec
`;

/** Resolves as soon as something listens on each of these ports of loopback. */
async function untilAccepted(...ports: readonly number[]): Promise<void> {
  for (const port of ports) while (!(await accepts(port)));
}

async function takeAndGiveBack(): Promise<void> {
  await using upstream = await startServiceUpstream();
  await using machine = await bootSystemd();
  const first = await freePort(18_000);
  const own = await freePort(first + 1);
  const moved = await freePort(own + 1);
  // Those of this machine may be taken. Root has no need of sudo, and may not have it.
  const real = (text: string) =>
    text
      .replaceAll(/:11434\b/g, `:${own}`)
      .replaceAll(/:11435\b/g, `:${moved}`)
      .replaceAll("sudo ", "");
  const shell = (command: string) => machine.run(["sh", "-c", command]);
  const write = (path: string, text: string) =>
    machine.run(["sh", "-c", `mkdir -p "$(dirname ${path})" && cat > ${path}`], text);

  await write("/etc/systemd/system/ollama.service", ollamaUnit(`127.0.0.1:${own}`, upstream.url));
  // What `systemctl edit` writes, which the recipe has to beat.
  await write(
    "/etc/systemd/system/ollama-exporter.service.d/override.conf",
    `[Service]\nEnvironment=OLLAMA_EXPORTER_LISTEN=127.0.0.1:${first} OLLAMA_EXPORTER_UPSTREAM=http://127.0.0.1:${own}\n`,
  );
  await install(machine, DEB);
  await shell("systemctl restart ollama");
  await untilAccepted(own);
  expect(await upstream.chat(`http://127.0.0.1:${own}`)).toBe(ANSWER);

  for (const command of block("sudo mkdir -p /etc/systemd/system/ollama.service.d"))
    await shell(real(command));
  await untilRefused(first);
  await untilAccepted(own, moved);
  expect(await upstream.chat(`http://127.0.0.1:${own}`)).toBe(ANSWER);
  expect(await upstream.chat(`http://127.0.0.1:${moved}`)).toBe(ANSWER);
  const page = await (await fetch(`http://127.0.0.1:${own}/metrics`)).text();
  expect(page.match(/^ollama_requests_total\{model="llama3\.2:latest"\} .*$/m)?.[0]).toEndWith(
    " 1",
  );

  for (const command of block("sudo sh -c 'rm /etc/systemd/system/ollama.service.d"))
    await shell(real(command));
  await untilRefused(moved);
  await untilAccepted(own, first);
  expect(await upstream.chat(`http://127.0.0.1:${own}`)).toBe(ANSWER);
  expect(await upstream.chat(`http://127.0.0.1:${first}`)).toBe(ANSWER);
}

const TITLE = "The exporter takes Ollama's port from one restart to the next, and gives it back";
if (reason === undefined) test(TITLE, takeAndGiveBack, MOST_TIME);
else test.skip(`${TITLE} (${reason})`, takeAndGiveBack);
