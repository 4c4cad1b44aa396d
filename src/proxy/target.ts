/**
 * The request target (path and query) as the client wrote it, from `Request.url`. It is cut out by
 * hand because `new URL("//evil/x", base)` is another host and `new URL` throws on a bad Host.
 * Always starts with `/`, so what it is appended to decides the host.
 */
export function requestTarget(url: string): string {
  const start = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("://") + 3);
  if (start === -1) return "/";
  // In a request target `#` is a character of the path; fetch would cut it off as a fragment.
  return url.slice(start).replaceAll("#", "%23");
}

/** The target without its query. */
export function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query === -1 ? target : target.slice(0, query);
}

/**
 * The path by which Ollama finds its route: fetch makes one of the slashes at the start, and Go's server
 * decodes what is percent-encoded.
 */
export function routedPath(path: string): string {
  const single = path.replace(/^\/+/, "/");
  if (!single.includes("%")) return single;
  try {
    return decodeURIComponent(single);
  } catch {
    return single;
  }
}
