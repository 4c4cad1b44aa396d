import type { WebConfig } from "../../web-config/web-config.ts";
import type { Checked } from "./report.ts";

/** Who may come to our own paths. */
export function checkAccess({ tls, users }: WebConfig): Checked {
  const found = [
    tls ? "TLS" : "no TLS",
    ...(tls?.clients === "verified" ? ["client certificates"] : []),
    users.size > 0 ? `${users.size} ${users.size === 1 ? "user" : "users"}` : "no users",
  ];
  return { what: "access", found: found.join(", "), ok: true };
}
