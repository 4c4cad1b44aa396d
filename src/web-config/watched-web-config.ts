import { statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { WebConfigFile } from "../config.ts";
import { usageError } from "../errors.ts";
import type { Tls } from "../tls.ts";
import { type ReadWebConfig, readWebConfig } from "./read-web-config.ts";
import type { WebConfig } from "./web-config.ts";

/** A web config file that is followed while it changes. */
export interface WatchedWebConfig {
  /** The last good one. */
  current(): WebConfig;
  /** Looks whether a file has changed, and reads all of them if so. Costs a few microseconds if not. */
  refresh(): void;
}

export interface Watching {
  /** The file was read again. */
  onChange(): void;
  /** It cannot be read any more; the last good one goes on. One line. */
  onMistake(message: string): void;
  /** A certificate or what belongs to it has changed. Throws if it cannot be used. */
  onTls(tls: Tls): void;
  /** TLS was switched on or off, for which the exporter has to be started anew. */
  onTlsSwitched(): void;
}

/** Reads a web config file. Throws a usage error, later ones are told. */
export function watchWebConfig(file: WebConfigFile, watching: Watching): WatchedWebConfig {
  let read = readWebConfig(file);
  let shown = read.config.tls;
  let seen = signatureOf(read.files);

  const adopt = (next: ReadWebConfig): void => {
    const { tls } = next.config;
    if (next.empty && !read.empty) {
      throw usageError(`${file.source} "${file.path}": the file has become empty`);
    }
    if ((tls === undefined) !== (shown === undefined)) {
      watching.onTlsSwitched();
    } else if (tls && !isDeepStrictEqual(tls, shown)) {
      watching.onTls(tls);
      shown = tls;
    }
    read = next;
  };
  return {
    current: () => read.config,
    refresh() {
      const signature = signatureOf(read.files);
      if (signature === seen) return;
      // Also of what is wrong, so that it is said once.
      seen = signature;
      try {
        adopt(readWebConfig(file));
        seen = signatureOf(read.files);
        watching.onChange();
      } catch (error) {
        watching.onMistake(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** Changes when one of the files does, also by a link that leads elsewhere as in Kubernetes. */
function signatureOf(files: readonly string[]): string {
  return files.map(stateOf).join();
}

function stateOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return "none";
  }
}
