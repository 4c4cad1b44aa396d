import { createSecureContext } from "node:tls";
import { escaped } from "../messages/quoted.ts";
import type { Tls, TlsVersion } from "../tls.ts";
import { certificatesIn, checkKey, type PemSource, pemText } from "./pem.ts";
import { sectionOf, textOf } from "./section.ts";

const AT = "tls_server_config.";

const KNOWN = [
  "cert_file",
  "key_file",
  "cert",
  "key",
  "client_auth_type",
  "client_ca_file",
  "client_ca",
  "min_version",
  "max_version",
];

/** Bun's server has no setting for these (1.4.5), nor does it say who a client is. */
const UNSUPPORTED = [
  "cipher_suites",
  "curve_preferences",
  "prefer_server_cipher_suites",
  "client_allowed_sans",
];

/** Go's names, as in crypto/tls. */
const CLIENTS: Readonly<Record<string, Tls["clients"]>> = {
  NoClientCert: "anonymous",
  RequestClientCert: "asked",
  RequireAndVerifyClientCert: "verified",
};

/** Of Go's names these cannot be had: Bun verifies certificates of all clients or of none. */
const OTHER_CLIENTS = new Set(["RequireAnyClientCert", "VerifyClientCertIfGiven"]);

const VERSIONS: readonly TlsVersion[] = ["TLS12", "TLS13"];

/** Reads `tls_server_config`; undefined if it is absent. Throws a mistake. */
export function tlsIn(value: unknown, source: Omit<PemSource, "section" | "at">): Tls | undefined {
  if (value === undefined || value === null) return undefined;
  const { mistake } = source;
  const fields = { at: AT, known: KNOWN, unsupported: UNSUPPORTED };
  const section = sectionOf(value, fields, mistake);
  const pem = { ...source, section, at: AT };
  const nameOf = (name: string): string => AT + (`${name}_file` in section ? `${name}_file` : name);

  const cert = pemText(pem, "cert");
  const key = pemText(pem, "key");
  if (cert === undefined) throw mistake(`${AT}cert_file is missing: name the certificate's file`);
  if (key === undefined) throw mistake(`${AT}key_file is missing: name the key's file`);
  const certificate = certificatesIn(cert, nameOf("cert"), mistake);
  checkKey(key, certificate, nameOf("key"), mistake);
  try {
    // What a listener would refuse, before it is stopped for it.
    createSecureContext({ cert, key });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw mistake(`${nameOf("cert")} cannot be used for TLS (${escaped(why)})`);
  }

  const clients = clientsIn(textOf(section, "client_auth_type", AT, mistake), source);
  const ca = pemText(pem, "client_ca");
  if (ca !== undefined) certificatesIn(ca, nameOf("client_ca"), mistake);
  if (ca === undefined && clients === "verified") {
    throw mistake(`${AT}client_ca_file is missing: name whose certificates clients may have`);
  }
  if (ca !== undefined && clients !== "verified") {
    throw mistake(
      `${AT}client_ca_file is of no use without ${AT}client_auth_type RequireAndVerifyClientCert`,
    );
  }
  const minVersion = versionIn(textOf(section, "min_version", AT, mistake), "min_version", source);
  const maxVersion = versionIn(textOf(section, "max_version", AT, mistake), "max_version", source);
  if (minVersion === "TLS13" && maxVersion === "TLS12") {
    throw mistake(`${AT}min_version is above ${AT}max_version: leave one out`);
  }
  return {
    cert,
    key,
    clients,
    ...(ca !== undefined && { ca }),
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
  };
}

type Mistaken = Pick<PemSource, "mistake">;

function clientsIn(text: string | undefined, { mistake }: Mistaken): Tls["clients"] {
  if (text === undefined) return "anonymous";
  if (Object.hasOwn(CLIENTS, text)) return CLIENTS[text] ?? "anonymous";
  const problem = OTHER_CLIENTS.has(text) ? "is not supported" : "is no such type";
  const words = Object.keys(CLIENTS).join(", ");
  throw mistake(`${AT}client_auth_type "${escaped(text)}" ${problem}: use one of ${words}`);
}

function versionIn(
  text: string | undefined,
  name: string,
  { mistake }: Mistaken,
): TlsVersion | undefined {
  if (text === undefined) return undefined;
  const version = VERSIONS.find((one) => one === text);
  if (version !== undefined) return version;
  throw mistake(`${AT}${name} "${escaped(text)}" is not supported: use ${VERSIONS.join(" or ")}`);
}
