import { expect, test } from "bun:test";
import { readPe } from "../../scripts/inspect/pe.ts";
import { PLACES, tinyPe } from "./pe-image.ts";

test("a PE program tells its machine, libraries, subsystem and version", () => {
  const strings = { ProductName: "tiny", ProductVersion: "1.2.3", Odd: "", LegalCopyright: "© é" };
  expect(readPe(tinyPe(strings))).toEqual({
    format: "PE",
    machine: "x64",
    libraries: ["kernel32.dll", "ws2_32.dll"],
    subsystem: "console",
    certificateBytes: 0,
    versions: [{ fileVersion: "1.2.3.4", strings: { FileVersion: "1.2.3.4", ...strings } }],
  });
});

test("a PE program without resources has no version", () => {
  const image = tinyPe({ ProductName: "tiny" });
  image.writeUInt32LE(0, PLACES.tables + 2 * 8);
  expect(readPe(image).versions).toEqual([]);
});

test("a PE program's Authenticode signature is told by its bytes", () => {
  const image = tinyPe({ ProductName: "tiny" });
  image.writeUInt32LE(1000, PLACES.tables + 4 * 8);
  image.writeUInt32LE(10328, PLACES.tables + 4 * 8 + 4);
  expect(readPe(image).certificateBytes).toBe(10328);
});
