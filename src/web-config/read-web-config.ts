import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import type { WebConfigFile } from "../config.ts";
import { usageError } from "../errors.ts";
import { quoted } from "../messages/quoted.ts";
import { createFilesRead, type FilesRead } from "./files-read.ts";
import { headersIn } from "./http-section.ts";
import { type Mistake, sectionOf } from "./section.ts";
import { tlsIn } from "./tls-section.ts";
import { usersIn } from "./users-section.ts";
import type { WebConfig } from "./web-config.ts";

export interface ReadWebConfig {
  readonly config: WebConfig;
  /** Whether the file says nothing at all, as while it is being written. */
  readonly empty: boolean;
}

/**
 * Reads a web config file.
 *
 * @param files is told of all that is read: the file itself, certificates and keys
 * @throws a usage error that names the file, the field, the value unless it is secret, and the remedy
 */
export function readWebConfig(
  { path, source }: WebConfigFile,
  files: FilesRead = createFilesRead(),
): ReadWebConfig {
  const mistake: Mistake = (problem) => usageError(`${source} ${quoted(path)}: ${problem}`);
  files.add(resolve(path));
  const content = contentOf(path, mistake);
  const fields = {
    at: "",
    known: ["tls_server_config", "http_server_config", "basic_auth_users"],
    unsupported: ["rate_limit"],
  };
  const section = sectionOf(content, fields, mistake);
  const tls = tlsIn(section["tls_server_config"], {
    folder: dirname(resolve(path)),
    files,
    mistake,
  });
  const config = {
    ...(tls && { tls }),
    headers: headersIn(section["http_server_config"], mistake),
    users: usersIn(section["basic_auth_users"], mistake),
  };
  return { config, empty: content === null || content === undefined };
}

function contentOf(path: string, mistake: Mistake): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    throw mistake(`the file ${why}: name one that the exporter may read`);
  }
  // Its message would show the line, which may be a secret.
  const document = parseDocument(text, { prettyErrors: true, logLevel: "silent" });
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    const kind = error.code.toLowerCase().replaceAll("_", " ");
    throw mistake(`line ${line} is no YAML that can be read (${kind}): mend it`);
  }
  try {
    return document.toJS();
  } catch {
    throw mistake("its aliases cannot be resolved: write out what they stand for");
  }
}
