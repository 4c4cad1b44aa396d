import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rename, writeFile } from "node:fs/promises";
import { TARGETS, buildBinary, missing, startExporter } from "../support/exporter.ts";
import { type Certificates, makeCertificates } from "../support/certificates.ts";
import { skipWithout } from "../support/skip-without.ts";
import { HASH, webConfigStage } from "../web-config/stage.ts";
import { end, ONE_LINE } from "./ending.ts";
import { startOllama } from "./ollama.ts";
import { LAST, startOpenChats } from "./open-chats.ts";

const ALICE = { authorization: `Basic ${btoa("alice:secret")}` };
const USERS = `basic_auth_users:\n  alice: ${HASH}\n`;
const OWN_PATHS = ["/metrics", "/-/healthy", "/-/ready", "/-/idle"];

describe("users", () => {
  for (const target of ["source", "binary"] as const) {
    test(`are asked for at our own paths and never at others, on ${target}`, async () => {
      if (target === "binary") await buildBinary();
      await using stage = await webConfigStage(
        `${USERS}http_server_config:\n  headers:\n    X-Frame-Options: deny\n    Content-Security-Policy: "default-src 'self'"\n`,
      );
      await using ollama = startOllama();
      const args = ["--web-config-file", stage.file.path];
      await using exporter = await startExporter({ target, upstream: ollama.url, args });
      for (const path of OWN_PATHS) {
        for (const method of ["GET", "HEAD"]) {
          const ask = (headers: Readonly<Record<string, string>> = {}) =>
            fetch(exporter.url + path, { method, headers });
          const refused = await ask();
          expect([path, refused.status]).toEqual([path, 401]);
          expect(refused.headers.get("www-authenticate")).toBe(
            'Basic realm="ollama-exporter", charset="UTF-8"',
          );
          expect((await ask({ authorization: `Basic ${btoa("alice:wrong")}` })).status).toBe(401);
          const answered = await ask(ALICE);
          expect(answered.status).toBe(200);
          for (const { headers } of [refused, answered]) {
            expect(headers.get("x-frame-options")).toBe("deny");
          }
        }
      }
      const page = await fetch(`${exporter.url}/-/`, { headers: ALICE });
      expect(page.headers.get("x-frame-options")).toBe("deny");
      expect(page.headers.get("content-security-policy")).toStartWith("default-src 'none'; script");
      const passed = await fetch(`${exporter.url}/api/version`);
      expect([passed.status, passed.headers.get("x-frame-options")]).toEqual([200, null]);
      expect((await fetch(`${exporter.url}/metrics`, { method: "POST" })).status).toBe(404);
    });
  }

  test("come and go without a restart, and a bad change keeps the last good file", async () => {
    await using stage = await webConfigStage(USERS);
    await using ollama = startOllama();
    const args = ["--web.config.file", stage.file.path];
    await using exporter = await startExporter({ upstream: ollama.url, args });
    const status = async (credentials: string) => {
      const headers = { authorization: `Basic ${btoa(credentials)}` };
      return (await fetch(`${exporter.url}/metrics`, { headers })).status;
    };
    expect(await status("alice:secret")).toBe(200);

    await stage.write(`basic_auth_users:\n  bob: ${HASH}\n`);
    expect(await status("alice:secret")).toBe(401);
    expect(await status("bob:secret")).toBe(200);
    await exporter.says(/INFO {2}read the web config file again\n/);

    await stage.write("basic_auth_users:\n  carol: in the clear\n");
    expect(await status("carol:in the clear")).toBe(401);
    expect(await status("bob:secret")).toBe(200);
    await stage.write("");
    expect((await fetch(`${exporter.url}/metrics`)).status).toBe(401);
    expect(await status("bob:secret")).toBe(200);

    await stage.write(USERS);
    expect(await status("alice:secret")).toBe(200);
    exporter.signal("SIGTERM");
    const { stderr } = await exporter.exited;
    const errors = stderr.split("\n").filter((line) => line.includes(" ERROR "));
    expect(errors.map((line) => line.replace(/^.*web\.yml": /, ""))).toEqual([
      'basic_auth_users.carol is not a bcrypt hash: make one with htpasswd -nBC 10 ""; the last good web config goes on',
      "the file has become empty; the last good web config goes on",
    ]);
    expect(stderr).not.toContain("in the clear");
    expect(stderr).not.toContain(HASH);
  });
});

test("a file that asks for nothing is said to protect nothing, and one that does so no more", async () => {
  await using stage = await webConfigStage("# not yet\n");
  await using ollama = startOllama();
  const args = ["--web-config-file", stage.file.path];
  await using exporter = await startExporter({ upstream: ollama.url, args });
  await exporter.says(/WARN {2}--web-config-file \S+ asks for nothing: our own paths are open to/);
  await stage.write(USERS);
  expect((await fetch(`${exporter.url}/metrics`)).status).toBe(401);
  await stage.write("basic_auth_users: {}\n");
  expect((await fetch(`${exporter.url}/metrics`)).status).toBe(200);
  await exporter.says(
    /WARN {2}the web config file asks nobody any more who they are: our own paths/,
  );
});

test("a mistake at the start ends the program with 2 and one line", async () => {
  await using stage = await webConfigStage("tls_server_confg: {}");
  const { code, stdout, stderr } = await end(["--web-config-file", stage.file.path]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain("unknown field tls_server_confg; did you mean tls_server_config?");
});

test.each([
  [["--web.config.fil", "x"], "unknown flag --web.config.fil; did you mean --web-config-file?"],
  [["--web.config.file"], "--web-config-file needs a value, as in --web-config-file=FILE"],
  [["--web.config.file=a", "--web-config-file=b"], "--web-config-file is given twice"],
])("%j is refused", async (args, said) => {
  const { code, stderr } = await end(args);
  expect(stderr).toContain(said);
  expect(code).toBe(2);
});

test.skipIf(missing("deno") !== undefined)("on Deno the file is refused", async () => {
  await using stage = await webConfigStage(USERS);
  const { code, stderr } = await end(["--web-config-file", stage.file.path], {}, "deno");
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toMatch(/^ollama-exporter: --web-config-file ".*" needs Bun or the binary: deno /);
  expect(code).toBe(2);
});

const secure = (url: string): string => url.replace(/^http:/, "https:");

const failed = (answer: Promise<Response>): Promise<boolean> =>
  answer.then(
    () => false,
    () => true,
  );

const reason = skipWithout("openssl");
describe.skipIf(reason !== undefined)("TLS", () => {
  let certificates: Certificates;
  let ca: string[];
  beforeAll(async () => {
    certificates = await makeCertificates();
    ca = await Promise.all(["server.pem", "renewed.pem"].map(certificates.text));
  });
  afterAll(() => certificates[Symbol.asyncDispose]());

  const tls = (lines = ""): string =>
    `tls_server_config:\n  cert_file: ${certificates.path("server.pem")}\n` +
    `  key_file: ${certificates.path("server.key")}\n${lines}`;
  const client = (pair: object = {}): RequestInit =>
    ({ keepalive: false, tls: { ca, ...pair } }) as RequestInit;
  test.each(TARGETS.filter((target) => target !== "deno"))(
    "is spoken to clients, too, where they share a listener, on %s",
    async (target) => {
      if (target === "binary") await buildBinary();
      await using stage = await webConfigStage(tls() + USERS);
      await using ollama = startOllama();
      const args = ["--web-config-file", stage.file.path];
      await using exporter = await startExporter({ target, upstream: ollama.url, args });
      const url = secure(exporter.url);
      await exporter.says(new RegExp(`point clients at ${url}\n`));
      await exporter.says(new RegExp(`point Prometheus at ${url}/metrics\n`));
      const body = JSON.stringify({
        model: "llama3.2",
        messages: [{ role: "user", content: "?" }],
      });
      const answer = await fetch(`${url}/api/chat`, { ...client(), method: "POST", body });
      expect(await answer.text()).toContain('"done":true');
      expect((await fetch(`${url}/metrics`, client())).status).toBe(401);
      const page = await fetch(`${url}/metrics`, { ...client(), headers: ALICE });
      expect(await page.text()).toContain('ollama_requests_total{model="llama3.2:latest"} 1\n');
      expect(await failed(fetch(`${exporter.url}/metrics`))).toBe(true);
    },
  );

  test("is spoken on the listener of our own paths alone, if they have one", async () => {
    await using stage = await webConfigStage(tls());
    await using ollama = startOllama();
    const args = ["--web-config-file", stage.file.path, "--metrics-listen", "127.0.0.1:0"];
    await using exporter = await startExporter({ upstream: ollama.url, args });
    await exporter.says(new RegExp(`point clients at ${exporter.url}\n`));
    const [, own = ""] = await exporter.says(/point Prometheus at (https:\S+)\/metrics\n/);
    expect((await fetch(`${exporter.url}/api/version`)).status).toBe(200);
    expect((await fetch(`${own}/metrics`, client())).status).toBe(200);
    expect(await failed(fetch(own.replace("https:", "http:")))).toBe(true);
  });

  test("lets in clients with a certificate of the authority, and no others", async () => {
    await using stage = await webConfigStage(
      tls(
        "  client_auth_type: RequireAndVerifyClientCert\n" +
          `  client_ca_file: ${certificates.path("authority.pem")}\n`,
      ),
    );
    await using ollama = startOllama();
    const args = ["--web-config-file", stage.file.path, "--metrics-listen", "127.0.0.1:0"];
    await using exporter = await startExporter({ upstream: ollama.url, args });
    const [, url = ""] = await exporter.says(/point Prometheus at (\S+\/metrics)\n/);
    const pair = async (name: string) => ({
      cert: await certificates.text(`${name}.pem`),
      key: await certificates.text(`${name}.key`),
    });
    expect((await fetch(url, client(await pair("client")))).status).toBe(200);
    expect(await failed(fetch(url, client(await pair("stranger"))))).toBe(true);
    expect(await failed(fetch(url, client()))).toBe(true);
    expect((await fetch(url, client(await pair("client")))).status).toBe(200);
  });

  test("shows a renewed certificate without a restart, and running streams go on", async () => {
    await using stage = await webConfigStage(tls());
    for (const kind of ["pem", "key"]) {
      await writeFile(`${stage.folder}/shown.${kind}`, await certificates.text(`server.${kind}`));
    }
    await stage.write("tls_server_config:\n  cert_file: shown.pem\n  key_file: shown.key\n");
    await using upstream = await startOpenChats();
    const args = ["--web-config-file", stage.file.path];
    await using exporter = await startExporter({ upstream: upstream.url, args });
    const url = secure(exporter.url);
    const shows = async (name: string): Promise<boolean> => {
      const known = { ca: [await certificates.text(`${name}.pem`)] };
      return !(await failed(fetch(`${url}/-/healthy`, client(known))));
    };
    expect([await shows("server"), await shows("renewed")]).toEqual([true, false]);
    const stream = await fetch(`${url}/api/chat`, { ...client(), method: "POST", body: "{}" });

    // As certbot and Kubernetes do it: in one step each, and not both at once.
    for (const kind of ["key", "pem"]) {
      await writeFile(`${stage.folder}/new`, await certificates.text(`renewed.${kind}`));
      await rename(`${stage.folder}/new`, `${stage.folder}/shown.${kind}`);
    }
    await exporter.says(/INFO {2}the certificate has changed: new connections get the new one\n/);
    expect([await shows("server"), await shows("renewed")]).toEqual([false, true]);

    upstream.finish();
    expect(await stream.text()).toEndWith(LAST);
    exporter.signal("SIGTERM");
    expect((await exporter.exited).code).toBe(0);
  });

  test("goes on undisturbed while a certificate is half written", async () => {
    await using stage = await webConfigStage();
    const pair = (text: string) => Bun.write(`${stage.folder}/shown.pem`, text);
    const whole = await certificates.text("server.pem");
    await pair(whole);
    await Bun.write(`${stage.folder}/shown.key`, await certificates.text("server.key"));
    await stage.write("tls_server_config:\n  cert_file: shown.pem\n  key_file: shown.key\n");
    await using ollama = startOllama();
    const args = ["--web-config-file", stage.file.path];
    await using exporter = await startExporter({ upstream: ollama.url, args });
    await pair(whole + whole.slice(0, 100));
    await exporter.says(
      /cert_file has a certificate without its end; the last good web config goes on/,
    );
    const answer = await fetch(`${secure(exporter.url)}/-/healthy`, client());
    expect(answer.status).toBe(200);
    await pair(whole);
    await exporter.says(/read the web config file again/);
  });

  test("that is switched off in the file goes on, and a restart is asked for", async () => {
    await using stage = await webConfigStage(tls());
    await using ollama = startOllama();
    const args = ["--web-config-file", stage.file.path];
    await using exporter = await startExporter({ upstream: ollama.url, args });
    await stage.write(USERS);
    await exporter.says(/WARN {2}restart needed: the web config file switches TLS on or off/);
    const url = `${secure(exporter.url)}/metrics`;
    expect((await fetch(url, client())).status).toBe(401);
    expect((await fetch(url, { ...client(), headers: ALICE })).status).toBe(200);
  });

  test("drains both the streams from before and from after a renewal", async () => {
    await using stage = await webConfigStage(tls());
    await using upstream = await startOpenChats();
    const args = ["--web-config-file", stage.file.path, "--grace-period", "10m"];
    await using exporter = await startExporter({ upstream: upstream.url, args });
    const url = secure(exporter.url);
    const begin = async () => fetch(`${url}/api/chat`, { ...client(), method: "POST", body: "{}" });
    const before = await begin();
    await stage.write(tls().replaceAll("/server.", "/renewed."));
    await exporter.says(/the certificate has changed/);
    const after = await begin();
    exporter.signal("SIGTERM");
    await exporter.says(/shutting down: 2 running/);
    upstream.finish();
    for (const stream of [before, after]) expect(await stream.text()).toEndWith(LAST);
    expect((await exporter.exited).code).toBe(0);
  });

  test.each([
    ["TLS", ""],
    ["users", USERS],
    [
      "client certificates",
      "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: authority.pem\n",
    ],
    [
      "client certificates of TLS 1.2",
      "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: authority.pem\n  max_version: TLS12\n",
    ],
  ])("and %s do not hide from the health check that the exporter lives", async (_, lines) => {
    const text = tls(lines.replace("authority.pem", certificates.path("authority.pem")));
    await using stage = await webConfigStage(text);
    await using ollama = startOllama();
    const web = ["--web-config-file", stage.file.path];
    await using exporter = await startExporter({ upstream: ollama.url, args: web });
    const { host } = new URL(exporter.url);
    const check = () => end(["healthcheck", "--listen", host]);
    const healthy = { code: 0, stdout: `healthy: https://${host}/-/healthy\n`, stderr: "" };
    expect(await check()).toEqual(healthy);
    // It goes on with its last good file, whatever has become of it.
    await stage.write("tls_server_confg: {}");
    await exporter.says(/unknown field tls_server_confg; .*; the last good web config goes on/);
    expect(await check()).toEqual(healthy);
  });

  test("of another program is not taken for the exporter's", async () => {
    using other = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      tls: { cert: ca[0]!, key: await certificates.text("server.key") },
      fetch: () => new Response("not ours"),
    });
    const { code, stderr } = await end(["healthcheck", "--listen", `127.0.0.1:${other.port}`]);
    expect(stderr).toContain("is not ollama-exporter (HTTP/1.1 200 OK): give the --listen and");
    expect(code).toBe(1);
  });
});

test("users alone do not hide from the health check that the exporter lives", async () => {
  await using stage = await webConfigStage(USERS);
  await using upstream = await startOpenChats();
  const args = ["--web-config-file", stage.file.path];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  const { host } = new URL(exporter.url);
  expect((await end(["healthcheck", "--listen", host])).code).toBe(0);
});
