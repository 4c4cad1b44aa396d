/** What the exporter says of itself in the page. */
export interface About {
  readonly metricsPath: string;
  /** The address for clients, where it is another than this page's. */
  readonly clients?: string;
  /** Its port, where only that is another. */
  readonly clientsPort?: number;
  /** The APIs that are measured, as `--observe` names them. */
  readonly observe: readonly string[];
}

export function readAbout(document: Document): About {
  return JSON.parse(document.querySelector("#about")?.textContent ?? "");
}

/** Where clients reach the exporter that has this page. */
export function clientsAddress(
  { clients, clientsPort }: About,
  { origin, hostname }: Pick<Location, "origin" | "hostname">,
): string {
  if (clients !== undefined) return clients;
  // Only the listener with this page can have TLS.
  return clientsPort === undefined ? origin : `http://${hostname}:${clientsPort}`;
}
