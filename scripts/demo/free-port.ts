import { createServer } from "node:net";

/** The first port from `first` on that nobody listens on here. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < 65_536; port++) if (await isFree(port)) return port;
  throw new RangeError(`no port from ${first} on is free`);
}

/** Free on every address: a program that listens on all of them leaves 127.0.0.1 open to us, unseen. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "0.0.0.0"]) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
    if (!(await promise)) return false;
  }
  return true;
}
