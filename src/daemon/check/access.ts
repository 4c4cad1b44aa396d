import type { WebConfigFile } from "../../config.ts";
import { readWebConfig } from "../../web-config/read-web-config.ts";
import type { Checked } from "./report.ts";

/** Who may come to our own paths, by the web config file. Throws a usage error for a mistake in it. */
export function checkAccess(file: WebConfigFile): Checked {
  const { tls, users } = readWebConfig(file).config;
  const found = [
    tls ? "TLS" : "no TLS",
    ...(tls?.clients === "verified" ? ["client certificates"] : []),
    users.size > 0 ? `${users.size} users` : "no users",
  ];
  return { what: "access", found: found.join(", "), ok: true };
}
