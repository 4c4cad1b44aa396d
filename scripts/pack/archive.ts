import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type AsyncZipOptions, type AsyncZippable, zip as zipInWorker } from "fflate";
import { createTar } from "nanotar";

/** One file of an archive. */
export interface ArchiveFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly executable?: boolean;
}

/** The same files and time give the same bytes, whoever packs them. */
export function tarGz(files: readonly ArchiveFile[], time: Date): Promise<Buffer> {
  const entries = files.map(({ name, data, executable = false }) => ({
    name,
    data,
    attrs: {
      mode: executable ? "755" : "644",
      uid: 0,
      gid: 0,
      user: "root",
      group: "root",
      mtime: time.getTime(),
    },
  }));
  return promisify(gzip)(createTar(entries), { level: 9 });
}

/** As `tarGz`. Windows has no mode that says what can be run. */
export function zip(files: readonly ArchiveFile[], time: Date): Promise<Uint8Array> {
  const entries: AsyncZippable = {};
  for (const { name, data } of files) entries[name] = data;
  // In a worker: five seconds in which nobody could interrupt us otherwise.
  return promisify<AsyncZippable, AsyncZipOptions, Uint8Array>(zipInWorker)(entries, {
    level: 9,
    mtime: wallClock(time),
  });
}

/** A zip has no time zone: its clock shows UTC wherever it is made. */
function wallClock(time: Date): Date {
  return new Date(
    time.getUTCFullYear(),
    time.getUTCMonth(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
  );
}
