import { chmod, copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROGRAMS } from "../../../scripts/build/programs.ts";
import type { ImageConfig } from "../../image/dockerfile.ts";
import { librariesOf } from "./libraries.ts";

export interface RootFolder extends AsyncDisposable {
  readonly path: string;
}

/** Addresses that containers of a test have, and the name of the one beside them. */
export const ADDRESS = "172.30.0.2";
export const BESIDE = { name: "ollama", address: "172.30.0.1" } as const;

/** As distroless has them, and as an engine adds them. */
const FILES = {
  "/etc/passwd": `root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
`,
  "/etc/group": "root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n",
  "/etc/nsswitch.conf": "passwd: compat\ngroup: compat\nhosts: files dns\n",
  "/etc/hosts": `127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
${ADDRESS} container
${BESIDE.address} ${BESIDE.name}
`,
  "/etc/resolv.conf": "nameserver 127.0.0.11\noptions ndots:0\n",
  "/etc/hostname": "container\n",
} as const;

/** The root file system of an image, with the libraries of this Debian. */
export async function assembleRoot(image: ImageConfig): Promise<RootFolder> {
  const above = await mkdtemp(join(tmpdir(), "ollama-exporter-image-"));
  const path = join(above, "root");
  const put = async (to: string, write: (file: string) => Promise<void>): Promise<void> => {
    await mkdir(dirname(join(path, to)), { recursive: true });
    await write(join(path, to));
  };
  for (const folder of ["proc", "dev", "tmp", "home/nonroot"]) {
    await mkdir(join(path, folder), { recursive: true });
  }
  await chmod(join(path, "tmp"), 0o1777);
  // Whoever makes this folder is another user; distroless lets nobody in but its own.
  await chmod(join(path, "home/nonroot"), 0o700);
  for (const [file, text] of Object.entries(FILES)) await put(file, (at) => writeFile(at, text));
  for (const [from, to] of image.copied) {
    const program = join(PROGRAMS, from);
    await put(to, async (at) => {
      await copyFile(program, at);
      await chmod(at, 0o755);
    });
    for (const library of await librariesOf(program)) {
      const real = await realpath(library);
      await put(library, (at) => copyFile(real, at));
    }
  }
  return {
    path,
    [Symbol.asyncDispose]: () => rm(above, { recursive: true, force: true }),
  };
}
