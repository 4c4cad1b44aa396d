import { expect, test } from "bun:test";
import { readMachO } from "../../scripts/inspect/mach-o.ts";
import { PAGE_SIZE, SIGNATURE_AT, tinyMachO } from "./mach-o-image.ts";

test("a Mach-O program tells its machine, linker, libraries and the oldest macOS", () => {
  expect(readMachO(tinyMachO())).toMatchObject({
    format: "Mach-O",
    machine: "arm64",
    interpreter: "/usr/lib/dyld",
    libraries: ["/usr/lib/libSystem.B.dylib"],
    macos: "13.0",
  });
});

test("a signed Mach-O program has no stale page", () => {
  expect(readMachO(tinyMachO()).signature).toEqual({
    offset: SIGNATURE_AT,
    bytesAfter: 0,
    directories: [
      {
        hash: "sha256",
        hashBits: 256,
        flags: 2,
        identifier: "tiny",
        pageSize: PAGE_SIZE,
        codeLimit: SIGNATURE_AT,
        pages: 4,
        pagesNeeded: 4,
        stalePages: [],
        staleParts: [],
      },
    ],
    cmsMatches: undefined,
    entitlements: "",
  });
});

test.each([
  [500, 0],
  [PAGE_SIZE - 1, 0],
  [PAGE_SIZE, 1],
  [3 * PAGE_SIZE - 1, 2],
  [3 * PAGE_SIZE, 3],
  [SIGNATURE_AT - 1, 3],
])("a flipped byte at %d makes page %d stale, and no other", (offset, page) => {
  const image = tinyMachO();
  image.writeUInt8(image.readUInt8(offset) ^ 1, offset);
  expect(readMachO(image).signature?.directories[0]?.stalePages).toEqual([page]);
});

test("every directory of a signature is checked, the one with the best hash first", () => {
  const image = tinyMachO({ hashes: ["sha1", "sha256"] });
  image.writeUInt8(image.readUInt8(5000) ^ 1, 5000);
  expect(readMachO(image).signature?.directories).toMatchObject([
    { hash: "sha256", stalePages: [1] },
    { hash: "sha1", stalePages: [1] },
  ]);
});

test("a Mach-O program without a signature says so", () => {
  const image = tinyMachO();
  image.writeUInt32LE(image.readUInt32LE(16) - 1, 16);
  expect(readMachO(image).signature).toBeUndefined();
});
