import { isIP } from "node:net";
import type { ListenAddress, Source } from "../config.ts";
import { readHostAndPort, type Wrong } from "./host-and-port.ts";
import { wrongValue } from "./wrong-value.ts";

const FORMS = "PORT, :PORT or HOST:PORT";
const EXAMPLE = "127.0.0.1:8000";

/** Reads `PORT` (on 127.0.0.1), `:PORT` (on every interface) or `HOST:PORT`. Throws a usage error. */
export function parseListen(text: string, source: Source): ListenAddress {
  const wrong: Wrong = (problem, remedy) =>
    wrongValue(source, text, problem, remedy ?? FORMS, remedy === undefined ? EXAMPLE : undefined);

  if (text.includes("://")) throw wrong("is a URL, not an address");
  const { hostname, port } = readHostAndPort(
    /^\d+$/.test(text) ? `127.0.0.1:${text}` : text,
    wrong,
  );
  if (port === undefined) {
    // `8000x` is a slip of a port rather than a host.
    const isHost = /^\p{L}/u.test(hostname) || isIP(hostname) !== 0;
    throw wrong(isHost ? "has no port" : "is not an address");
  }
  return { hostname, port, source, value: text };
}
