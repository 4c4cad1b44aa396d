import { mkdtempDisposable, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";

/** A folder of certificates for `localhost` and 127.0.0.1, each `<name>.pem` with its `<name>.key`. */
export interface Certificates extends AsyncDisposable {
  readonly folder: string;
  path(file: string): string;
  text(file: string): Promise<string>;
}

const NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1";

/**
 * Makes certificates with openssl: `server` and `renewed`, each signed by itself, `authority`, and
 * `client`, which it has signed.
 */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtempDisposable(join(tmpdir(), "certificates-"));
  const cwd = folder.path;
  for (const name of ["server", "renewed", "authority", "stranger"]) {
    await $`openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name} -addext ${NAMES} -keyout ${name}.key -out ${name}.pem`
      .cwd(cwd)
      .quiet();
  }
  await $`openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=client -keyout client.key -out client.csr`
    .cwd(cwd)
    .quiet();
  await $`openssl x509 -req -in client.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -out client.pem`
    .cwd(cwd)
    .quiet();
  const path = (file: string): string => join(cwd, file);
  return {
    folder: cwd,
    path,
    text: (file) => readFile(path(file), "utf8"),
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}
