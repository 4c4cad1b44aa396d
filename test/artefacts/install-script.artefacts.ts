import { expect } from "bun:test";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { DIST } from "../../scripts/build/root.ts";
import { CHECKSUMS, INSTALL_SCRIPT, archiveName } from "../../scripts/pack/names.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { unixTest } from "../install-script/unix-test.ts";

const FILES = new Set([INSTALL_SCRIPT, CHECKSUMS, ...TARGETS.map(archiveName)]);

/** As the README has it, from an address on loopback. */
const LINE = `curl -fsSL "$OLLAMA_EXPORTER_DOWNLOAD_URL/${INSTALL_SCRIPT}" | sh`;

unixTest(
  "The packed script installs the packed program of this machine, and it starts",
  async () => {
    using server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch({ url }) {
        const name = new URL(url).pathname.slice(1);
        if (!FILES.has(name)) return new Response(null, { status: 404 });
        return new Response(Bun.file(DIST + name));
      },
    });
    const root = await mkdtemp(join(tmpdir(), "ollama-exporter-installed-"));
    try {
      const temp = join(root, "tmp");
      await mkdir(temp);
      const env = {
        PATH: process.env["PATH"],
        HOME: root,
        TMPDIR: temp,
        OLLAMA_EXPORTER_DOWNLOAD_URL: server.url.origin,
      };
      const installing = Bun.spawn(["sh", "-c", LINE], { env, stdout: "pipe", stderr: "pipe" });
      expect(await new Response(installing.stderr).text()).toBe("");
      expect(await installing.exited).toBe(0);
      const target = join(root, ".local/bin/ollama-exporter");
      expect(await new Response(installing.stdout).text()).toContain(`: ${target}\n`);
      expect(await readdir(temp)).toEqual([]);
      const program = Bun.spawn([target, "--version"], { env: {}, stdout: "pipe" });
      expect(await new Response(program.stdout).text()).toStartWith(
        `ollama-exporter ${PROJECT.version} `,
      );
      expect(await program.exited).toBe(0);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
  60_000,
);
