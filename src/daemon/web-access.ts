import type { WebConfigFile } from "../config.ts";
import { usageError } from "../errors.ts";
import type { Log } from "../log.ts";
import { quoted } from "../messages/quoted.ts";
import type { FindOwn } from "../routes/own.ts";
import { protectedBy } from "../routes/protected.ts";
import type { Listener, Runtime } from "../runtime/runtime.ts";
import type { Tls } from "../tls.ts";
import { createBasicAuth, type VerifyPassword } from "../web-config/basic-auth.ts";
import type { WebConfig } from "../web-config/web-config.ts";
import { watchWebConfig } from "../web-config/watched-web-config.ts";

/** What a web config file asks for. */
export interface WebAccess {
  /** For the listener of our own paths. */
  readonly tls?: Tls;
  protect(findOwn: FindOwn): FindOwn;
  /** From now on a changed certificate is shown by this listener. */
  follow(listener: Listener): void;
  /** Looks at the file no more. */
  stop(): void;
}

/** Certificates are renewed weeks before they end: a listener is not in a hurry. */
const LOOK_EVERY_MS = 2000;

/** Opens the file that --web-config-file names. Throws a usage error. */
export function openWebAccess(file: WebConfigFile, runtime: Runtime, log: Log): WebAccess {
  const { source, path } = file;
  const verify = passwordsOf(runtime, file);
  /** Who shows the certificate, once somebody does. */
  let shown: Listener | undefined;
  let stopped = false;
  const watched = watchWebConfig(file, {
    onChange() {
      log.info("read the web config file again");
      const before = guarded;
      guarded = isGuarded(watched.current());
      if (before && !guarded) {
        log.warn("the web config file asks nobody any more who they are: our own paths are open");
      }
    },
    onMistake: (message) => log.error(`${message}; the last good web config goes on`),
    onTls(renewed) {
      if (stopped) return;
      try {
        shown?.renew(renewed);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw usageError(`${source} ${quoted(path)}: tls_server_config cannot be used: ${why}`);
      }
      log.info("the certificate has changed: new connections get the new one");
    },
    onTlsSwitched: () =>
      log.warn(
        "restart needed: the web config file switches TLS on or off, which goes on as it was",
      ),
  });
  let guarded = isGuarded(watched.current());
  const { tls, headers } = watched.current();
  if (!guarded && !tls && headers.size === 0) {
    log.warn(`${source} ${quoted(path)} asks for nothing: our own paths are open to everybody`);
  }
  const check = createBasicAuth(verify);
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    ...(tls && { tls }),
    protect: (findOwn) =>
      protectedBy(
        {
          config() {
            // A password that was taken away must not work for one more request.
            if (shown) watched.refresh();
            return watched.current();
          },
          check,
        },
        findOwn,
      ),
    follow(listener) {
      shown = listener;
      timer = setInterval(() => watched.refresh(true), LOOK_EVERY_MS);
      timer.unref();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** Whether somebody has to say who they are. */
function isGuarded({ users, tls }: WebConfig): boolean {
  return users.size > 0 || tls?.clients === "verified";
}

/** Throws a usage error where the runtime cannot have such a file. */
export function passwordsOf(runtime: Runtime, { source, path }: WebConfigFile): VerifyPassword {
  if (runtime.verifyPassword) return runtime.verifyPassword;
  throw usageError(
    `${source} ${quoted(path)} needs Bun or the binary: ${runtime.name} cannot have it`,
  );
}
