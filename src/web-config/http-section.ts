import { sectionOf, type Mistake, textOf } from "./section.ts";

const AT = "http_server_config.";
const HEADERS_AT = `${AT}headers.`;

/** The fields that the format knows, with what they may say. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  "Strict-Transport-Security": /^[\x20-\x7e]+$/,
  "X-Content-Type-Options": /^nosniff$/i,
  "X-Frame-Options": /^(?:deny|sameorigin)$/i,
  "X-XSS-Protection": /^[\x20-\x7e]+$/,
  "Content-Security-Policy": /^[\x20-\x7e]+$/,
};

/** Reads `http_server_config`: the fields of every answer of our own. Throws a mistake. */
export function headersIn(value: unknown, mistake: Mistake): Map<string, string> {
  const section = sectionOf(value, { at: AT, known: ["http2", "headers"] }, mistake);
  const { http2, headers } = section;
  if (http2 !== undefined && http2 !== null && http2 !== false) {
    throw mistake(`${AT}http2 is not supported: set it to false, or leave it out`);
  }
  const known = Object.keys(HEADERS);
  const given = sectionOf(headers, { at: HEADERS_AT, known }, mistake);
  const fields = new Map<string, string>();
  for (const name of Object.keys(given)) {
    const text = textOf(given, name, HEADERS_AT, mistake);
    if (text === undefined) continue;
    if (!HEADERS[name]?.test(text))
      throw mistake(`${HEADERS_AT}${name} has a value it cannot have`);
    fields.set(name, text);
  }
  return fields;
}
