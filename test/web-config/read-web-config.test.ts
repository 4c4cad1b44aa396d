import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { utimes } from "node:fs/promises";
import { CommandError } from "../../src/errors.ts";
import { createFilesRead } from "../../src/web-config/files-read.ts";
import { readWebConfig } from "../../src/web-config/read-web-config.ts";
import { type Certificates, makeCertificates } from "../support/certificates.ts";
import { skipWithout } from "../support/skip-without.ts";
import { HASH, webConfigStage } from "./stage.ts";

async function read(text: string) {
  await using stage = await webConfigStage(text);
  return readWebConfig(stage.file).config;
}

/** What is said of a file with this text, after its name. */
async function mistake(text: string): Promise<string> {
  await using stage = await webConfigStage(text);
  try {
    readWebConfig(stage.file);
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError);
    const { message, exitCode } = error as CommandError;
    const start = `--web-config-file "${stage.file.path}": `;
    expect([message.slice(0, start.length), exitCode]).toEqual([start, 2]);
    return message.slice(start.length);
  }
  throw new Error("it was read");
}

test.each(["", "\n", "# nothing yet\n", "{}", "tls_server_config:\nbasic_auth_users:\n"])(
  "a file that says %j asks for nothing",
  async (text) => {
    expect(await read(text)).toEqual({ headers: new Map(), users: new Map() });
  },
);

test("users and the fields of answers are read", async () => {
  const { users, headers } = await read(`
basic_auth_users:
  alice: ${HASH}
  "007": ${HASH.replace("$2b$", "$2y$")}
http_server_config:
  http2: false
  headers:
    X-Frame-Options: deny
    X-Content-Type-Options: nosniff
    Strict-Transport-Security: max-age=31536000; includeSubDomains
    X-XSS-Protection:
`);
  expect([...users.keys()].toSorted()).toEqual(["007", "alice"]);
  expect([...headers]).toEqual([
    ["X-Frame-Options", "deny"],
    ["X-Content-Type-Options", "nosniff"],
    ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
  ]);
});

describe("a mistake is named with its field and its remedy:", () => {
  test.each([
    ["- a", "the file is not a mapping: write one `name: value` per line"],
    ["just words", "the file is not a mapping: write one `name: value` per line"],
    ["a: [", "line 1 is no YAML that can be read (bad indent): mend it"],
    ["x: 1\nx: 2", "line 2 is no YAML that can be read (duplicate key): mend it"],
    ["tls_server_confg: {}", "unknown field tls_server_confg; did you mean tls_server_config?"],
    ["users: {}", "unknown field users; known are tls_server_config, http_server_config, basic"],
    ["rate_limit: {interval: 1s}", "rate_limit is not supported: leave it out"],
    ["basic_auth_users: [alice]", "basic_auth_users is not a mapping: write one `name: value`"],
    ["basic_auth_users: {alice: secret}", "basic_auth_users.alice is not a bcrypt hash: make one"],
    ["basic_auth_users: {alice: }", "basic_auth_users.alice is not a bcrypt hash: make one"],
    [
      `basic_auth_users: {alice: "${HASH.slice(0, -1)}9"}`,
      "basic_auth_users.alice is not a bcrypt hash: make one",
    ],
    ["basic_auth_users: {alice: 12}", "basic_auth_users.alice is not a bcrypt hash: make one"],
    [`basic_auth_users: {"a:b": "${HASH}"}`, "basic_auth_users.a:b is no name that a user can"],
    [
      `basic_auth_users: {a: "${HASH.replace("$04$", "$31$")}"}`,
      "basic_auth_users.a has a cost of 31: make a hash with one from 4 to 16",
    ],
    ["http_server_config: {http2: true}", "http_server_config.http2 is not supported: set it to"],
    [
      "http_server_config: {http3: 1}",
      "unknown field http_server_config.http3; did you mean http2?",
    ],
    [
      "http_server_config: {headers: {Server: x}}",
      "unknown field http_server_config.headers.Server; known are Strict-Transport-Security,",
    ],
    [
      'http_server_config: {headers: {X-Frame-Options: "allow"}}',
      "http_server_config.headers.X-Frame-Options has a value it cannot have",
    ],
    [
      'http_server_config: {headers: {Content-Security-Policy: "a\\nb"}}',
      "http_server_config.headers.Content-Security-Policy has a value it cannot have",
    ],
    ["tls_server_config: {}", "tls_server_config.cert_file is missing: name the certificate's"],
    ["tls_server_config: {cert_file: 1}", "tls_server_config.cert_file is not a text: put it in"],
    [
      "tls_server_config: {cert_fil: x}",
      "unknown field tls_server_config.cert_fil; did you mean cert_file?",
    ],
    [
      "tls_server_config: {cert_file: nowhere.pem}",
      'tls_server_config.cert_file "nowhere.pem" does not exist: name a file in PEM form, from',
    ],
    ["tls_server_config: {cert: x, cert_file: y}", "tls_server_config.cert and tls_server_config"],
    ["tls_server_config: {cert: x, key: y}", "tls_server_config.cert is not a certificate in PEM"],
    ["tls_server_config: {cipher_suites: []}", "tls_server_config.cipher_suites is not supported"],
    ["tls_server_config: {client_allowed_sans: [a]}", "tls_server_config.client_allowed_sans is"],
    ["__proto__: {a: 1}", "unknown field __proto__; known are"],
  ])("%s", async (text, said) => {
    expect(await mistake(text)).toStartWith(said);
  });

  test("a file that does not exist", async () => {
    const file = { path: "/nowhere/web.yml", source: "OLLAMA_EXPORTER_WEB_CONFIG_FILE" };
    expect(() => readWebConfig(file)).toThrow(
      'OLLAMA_EXPORTER_WEB_CONFIG_FILE "/nowhere/web.yml": the file does not exist: name one that',
    );
  });

  test("a key that stands where its file's name belongs is not shown", async () => {
    const said = await mistake(
      "tls_server_config:\n  cert_file: |\n    -----BEGIN PRIVATE KEY-----\n    s3cret\n",
    );
    expect(said).toBe(
      "tls_server_config.cert_file is no file's name: a text in PEM form goes into tls_server_config.cert",
    );
  });

  test("no secret is shown, on whatever line it stands", async () => {
    for (const text of [`basic_auth_users: {a: "p4ss"}`, 'p4ss: "', "a: p4ss: b", "key: 'p4ss"]) {
      const said = await mistake(text);
      if (!text.startsWith("p4ss")) expect(said).not.toContain("p4ss");
    }
  });
});

/** A file's section with the server's pair and these lines; an empty value leaves its line out. */
function section(lines: Readonly<Record<string, string>>): string {
  const all = { cert_file: "server.pem", key_file: "server.key", ...lines };
  const written = Object.entries(all).filter(([, value]) => value !== "");
  return `tls_server_config:\n${written.map(([name, value]) => `  ${name}: ${value}\n`).join("")}`;
}

const reason = skipWithout("openssl");
describe.skipIf(reason !== undefined)("certificates", () => {
  let certificates: Certificates;
  beforeAll(async () => void (certificates = await makeCertificates()));
  afterAll(() => certificates[Symbol.asyncDispose]());

  const here = (lines: Readonly<Record<string, string>>) => {
    const path = certificates.path("web.yml");
    return Bun.write(path, section(lines)).then(() => ({ path, source: "--web-config-file" }));
  };

  test("are read from files beside the web config file, and from the file itself", async () => {
    const file = await here({});
    const files = createFilesRead();
    const { config } = readWebConfig(file, files);
    const [cert, key] = await Promise.all(["server.pem", "server.key"].map(certificates.text));
    expect(config.tls).toEqual({ cert: cert!, key: key!, clients: "anonymous" });
    expect(files.haveChanged()).toBe(false);
    for (const name of ["web.yml", "server.pem", "server.key"]) {
      const seen = createFilesRead();
      readWebConfig(file, seen);
      await utimes(certificates.path(name), 1, 1);
      expect([name, seen.haveChanged()]).toEqual([name, true]);
    }
    const inline = { tls_server_config: { cert, key } };
    expect((await read(JSON.stringify(inline))).tls).toEqual(config.tls);
  });

  test("of clients are asked for as it says", async () => {
    const asked = await here({ client_auth_type: "RequestClientCert", min_version: "TLS13" });
    expect(readWebConfig(asked).config.tls).toMatchObject({
      clients: "asked",
      minVersion: "TLS13",
    });
    const verified = await here({
      client_auth_type: "RequireAndVerifyClientCert",
      client_ca_file: "authority.pem",
      max_version: "TLS12",
    });
    expect(readWebConfig(verified).config.tls).toMatchObject({
      clients: "verified",
      ca: await certificates.text("authority.pem"),
      maxVersion: "TLS12",
    });
  });

  test.each([
    [{ key_file: "" }, "key_file is missing: name the key's file"],
    [{ key_file: "renewed.key" }, "key_file is not the key of the certificate: name the pair"],
    [{ key_file: "server.pem" }, "key_file is not a private key in PEM form without a passphrase"],
    [{ cert_file: "server.key" }, "cert_file is not a certificate in PEM form"],
    [{ cert_file: "chain.pem" }, "cert_file has a certificate that cannot be read, number 2 of"],
    [{ cert_file: "cut.pem" }, "cert_file has a certificate without its end"],
    [
      { client_ca_file: "cut.pem", client_auth_type: "RequireAndVerifyClientCert" },
      "client_ca_file has a certificate without its end",
    ],
    [
      { client_ca_file: "chain.pem", client_auth_type: "RequireAndVerifyClientCert" },
      "client_ca_file has a certificate that cannot be read, number 2 of the file",
    ],
    [{ client_auth_type: "Always" }, 'client_auth_type "Always" is no such type: use one of NoCl'],
    [
      { client_auth_type: "VerifyClientCertIfGiven" },
      'client_auth_type "VerifyClientCertIfGiven" is not supported: use one of NoClientCert, Re',
    ],
    [{ client_auth_type: "RequireAndVerifyClientCert" }, "client_ca_file is missing: name whose"],
    [{ client_ca_file: "authority.pem" }, "client_ca_file is of no use without tls_server_config"],
    [
      { client_ca_file: "server.key", client_auth_type: "RequireAndVerifyClientCert" },
      "client_ca_file is not a certificate in PEM form",
    ],
    [{ min_version: "TLS10" }, 'min_version "TLS10" is not supported: use TLS12 or TLS13'],
    [
      { min_version: "TLS13", max_version: "TLS12" },
      "min_version is above tls_server_config.max_version: leave one out",
    ],
  ])("%j is a mistake", async (lines, said) => {
    const file = await here(lines);
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const whole = await certificates.text("server.pem");
    await Bun.write(certificates.path("chain.pem"), whole + broken);
    await Bun.write(certificates.path("cut.pem"), whole + broken.slice(0, 40));
    expect(() => readWebConfig(file)).toThrow(`"${file.path}": tls_server_config.${said}`);
  });
});
