import { cleanText } from "./clean-text.ts";

/** What `/api/version` says; undefined if it cannot be read. */
export function toldVersion(json: unknown): string | undefined {
  const { version } = (json ?? {}) as { readonly version?: unknown };
  return cleanText(version) || undefined;
}
