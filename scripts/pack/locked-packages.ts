import type { BunLockFile } from "bun";

/** One package of npm as a bun.lock pins it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  /** Of its tarball, in hexadecimal. */
  readonly sha512: string;
  /** Where it is installed, from the folder of the lockfile on. */
  readonly folder: string;
  /** Whether the project itself asks for it. */
  readonly direct: boolean;
  /** The purls of what it needs itself. */
  readonly dependencies: readonly string[];
}

/** Names of packages, each in the node_modules of the one before. */
type Place = readonly string[];

/**
 * What the dependencies of a lockfile's project need, all the way down, sorted by purl.
 *
 * @param further names of packages that count as dependencies too
 */
export function lockedPackages(
  lock: BunLockFile,
  further: readonly string[] = [],
): readonly LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  const dependencies = Object.keys(lock.workspaces[""]?.dependencies ?? {});
  const direct = placesOf(lock, [...dependencies, ...further], []);
  const places = [...direct];
  for (const place of places) {
    const { id, needs, sha512 } = pinned(lock, place);
    const purl = purlOf(id);
    if (found.has(purl)) continue;
    const needed = placesOf(lock, Object.keys(needs ?? {}), place);
    places.push(...needed);
    const at = id.lastIndexOf("@");
    found.set(purl, {
      name: id.slice(0, at),
      version: id.slice(at + 1),
      purl,
      sha512,
      folder: place.map((name) => `node_modules/${name}/`).join(""),
      direct: direct.includes(place),
      dependencies: needed.map((it) => purlOf(pinned(lock, it).id)).toSorted(),
    });
  }
  return found
    .values()
    .toArray()
    .toSorted((a, b) => (a.purl < b.purl ? -1 : 1));
}

function purlOf(id: string): string {
  return `pkg:npm/${id.replace(/^@/, "%40")}`;
}

function placesOf(lock: BunLockFile, needs: readonly string[], from: Place) {
  return needs.map((name) => placeOf(lock, name, from));
}

/** As `import` looks for it: in the node_modules nearest to who needs it. */
function placeOf(lock: BunLockFile, name: string, from: Place): Place {
  for (let depth = from.length; depth > 0; depth--) {
    const place = [...from.slice(0, depth), name];
    if (place.join("/") in lock.packages) return place;
  }
  return [name];
}

function pinned(lock: BunLockFile, place: Place) {
  const key = place.join("/");
  const [id, , info, integrity] = lock.packages[key] ?? [];
  const [, base64] = /^sha512-(\S+)$/.exec(integrity ?? "") ?? [];
  if (id === undefined || typeof info !== "object" || base64 === undefined) {
    throw new Error(`bun.lock pins no SHA-512 of ${key}`);
  }
  return { id, needs: info.dependencies, sha512: Buffer.from(base64, "base64").toString("hex") };
}
