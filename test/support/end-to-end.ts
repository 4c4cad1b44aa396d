import type { HttpMessage } from "./http-message.ts";

/** Fields that speak of one connection, RFC 9110 §7.6.1. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The fields that a proxy passes on, by their names in lower case; order and case mean nothing. */
export function endToEndFields({ fields }: HttpMessage, except = ""): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [field, value] of fields) {
    const name = field.toLowerCase();
    if (HOP_BY_HOP.has(name) || name === except) continue;
    // Several fields of one name are one list, RFC 9110 §5.3.
    kept[name] = name in kept ? `${kept[name]}, ${value}` : value;
  }
  return kept;
}
