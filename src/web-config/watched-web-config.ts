import { isDeepStrictEqual } from "node:util";
import type { WebConfigFile } from "../config.ts";
import { usageError } from "../errors.ts";
import { quoted } from "../messages/quoted.ts";
import type { Tls } from "../tls.ts";
import { createFilesRead } from "./files-read.ts";
import { type ReadWebConfig, readWebConfig } from "./read-web-config.ts";
import type { WebConfig } from "./web-config.ts";

/** A web config file that is followed while it changes. */
export interface WatchedWebConfig {
  /** The last good one. */
  current(): WebConfig;
  /**
   * Looks whether a file has changed, and reads all of them if so; costs a few microseconds if not.
   *
   * @param again also tries once more what could not be read, as for lack of descriptors
   */
  refresh(again?: boolean): void;
}

export interface Watching {
  /** The file was read again. */
  onChange(): void;
  /** It cannot be read any more; the last good one goes on. One line, told once. */
  onMistake(message: string): void;
  /** A certificate or what belongs to it has changed. Throws if it cannot be used. */
  onTls(tls: Tls): void;
  /** TLS was switched on or off, for which the exporter has to be started anew. */
  onTlsSwitched(): void;
}

/** Reads a web config file. Throws a usage error; what goes wrong later is told. */
export function watchWebConfig(file: WebConfigFile, watching: Watching): WatchedWebConfig {
  let tried = createFilesRead();
  let read = readWebConfig(file, tried);
  let shown = read.config.tls;
  let mistake: string | undefined;

  const adopt = (next: ReadWebConfig): void => {
    const { tls } = next.config;
    if (next.empty && !read.empty) {
      throw usageError(`${file.source} ${quoted(file.path)}: the file has become empty`);
    }
    if ((tls === undefined) !== (shown === undefined)) {
      watching.onTlsSwitched();
    } else if (tls && !isDeepStrictEqual(tls, shown)) {
      watching.onTls(tls);
      shown = tls;
    }
    read = next;
  };
  const look = (): void => {
    tried = createFilesRead();
    try {
      adopt(readWebConfig(file, tried));
      mistake = undefined;
      watching.onChange();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== mistake) watching.onMistake(message);
      mistake = message;
    }
  };
  return {
    current: () => read.config,
    refresh(again = false) {
      if (tried.haveChanged() || (again && mistake !== undefined)) look();
    },
  };
}
