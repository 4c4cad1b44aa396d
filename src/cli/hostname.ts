const NAME = /^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*\.?$/u;
const IPV6 = /^\[[\da-f:.]+\]$/i;

/**
 * A host as a URL has it: lower case, IPv4 in dotted form, IPv6 compressed; without brackets.
 * Absent when this is neither a name nor an IPv4 nor a bracketed IPv6 address. An IPv6 zone is
 * refused because no URL can carry it.
 */
export function normalHostname(host: string): string | undefined {
  // Checked first: the URL parser would drop a tab and decode a percent sign.
  if (!NAME.test(host) && !IPV6.test(host)) return undefined;
  const hostname = URL.parse(`http://${host}/`)?.hostname.replace(/^\[|\]$/g, "");
  return hostname === "" ? undefined : hostname;
}
