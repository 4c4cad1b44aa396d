import { existsSync } from "node:fs";
import { join } from "node:path";
import { $ } from "bun";

/** Debian's folder of libraries for this machine. */
const FOLDER = `/lib/${process.arch === "x64" ? "x86_64" : "aarch64"}-linux-gnu`;

/** The loader of a program, and every library that it and they need: paths in a root folder. */
export async function librariesOf(program: string): Promise<string[]> {
  const found = new Set([await loaderOf(program)]);
  const unseen = [program];
  for (let file = unseen.pop(); file !== undefined; file = unseen.pop()) {
    for (const name of await neededBy(file)) {
      const path = join(FOLDER, name);
      if (found.has(path)) continue;
      if (!existsSync(path)) throw new Error(`${file} needs ${path}, which is not here`);
      found.add(path);
      unseen.push(path);
    }
  }
  return [...found];
}

async function loaderOf(program: string): Promise<string> {
  const headers = await $`${READELF} --program-headers ${program}`.env(ENGLISH).text();
  const [, loader] = /program interpreter: (\S+)\]/.exec(headers) ?? [];
  if (loader === undefined) throw new Error(`${program} names no loader`);
  return loader;
}

/** The names of the libraries that a file says that it needs. */
async function neededBy(file: string): Promise<string[]> {
  const dynamic = await $`${READELF} --dynamic ${file}`.env(ENGLISH).text();
  return Array.from(dynamic.matchAll(/\(NEEDED\).*\[(.*)\]/g), ([, name = ""]) => name);
}

const READELF = ["readelf", "--wide"] as const;
const ENGLISH = { ...process.env, LC_ALL: "C" };
