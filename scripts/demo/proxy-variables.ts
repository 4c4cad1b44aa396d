/** Everything here is on loopback; a proxy that the machine needs for npm would be in the way. */
export function clearProxyVariables(): void {
  for (const name of ["http_proxy", "https_proxy", "all_proxy"]) {
    delete process.env[name];
    delete process.env[name.toUpperCase()];
  }
}
