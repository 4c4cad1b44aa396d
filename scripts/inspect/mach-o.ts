import { type CodeSignature, readCodeSignature } from "./code-signature.ts";
import { createImage, type Image } from "./image.ts";

/** What a macOS program asks of the machine (mach-o/loader.h), and its signature. */
export interface MachOFacts {
  readonly format: "Mach-O";
  readonly machine: string;
  readonly interpreter: string | undefined;
  readonly libraries: readonly string[];
  /** The oldest macOS that it says it runs on, as `13.0`. */
  readonly macos: string | undefined;
  readonly signature: CodeSignature | undefined;
}

const MAGIC_64 = 0xfeedfacf;
const EXECUTABLE = 2;
const MACHINES: Readonly<Record<number, string>> = { 0x1000007: "x64", 0x100000c: "arm64" };

/** Load commands. */
const DYNAMIC_LINKER = 0xe;
const SEGMENT = 0x19;
const CODE_SIGNATURE = 0x1d;
const BUILD_VERSION = 0x32;
/** Plain, weak, re-exported, upward. */
const LIBRARIES = new Set([0xc, 0x80000018, 0x8000001f, 0x80000023]);

const MOST_COMMANDS = 1000;

interface Command {
  readonly type: number;
  readonly at: number;
}

/** Throws if it is no whole 64-bit Mach-O program, or if its signature cannot be read. */
export function readMachO(content: Uint8Array): MachOFacts {
  const image = createImage("Mach-O file", content);
  if (image.u32(0) !== MAGIC_64) throw image.fault(0, "no 64-bit Mach-O header");
  if (image.u32(12) !== EXECUTABLE) throw image.fault(12, "no program, but another kind of file");
  const commands = readCommands(image);
  const find = (wanted: number): number | undefined =>
    commands.find(({ type }) => type === wanted)?.at;
  const interpreter = find(DYNAMIC_LINKER);
  const build = find(BUILD_VERSION);
  const signature = find(CODE_SIGNATURE);
  const machine = image.u32(4);
  return {
    format: "Mach-O",
    machine: MACHINES[machine] ?? `CPU type ${machine}`,
    interpreter: interpreter === undefined ? undefined : pathIn(image, interpreter),
    libraries: commands
      .filter(({ type }) => LIBRARIES.has(type))
      .map(({ at }) => pathIn(image, at)),
    macos: build === undefined ? undefined : versionText(image.u32(build + 12)),
    signature:
      signature === undefined
        ? undefined
        : readCodeSignature(content, image.u32(signature + 8), image.u32(signature + 12)),
  };
}

function readCommands(image: Image): readonly Command[] {
  const count = image.u32(16);
  if (count > MOST_COMMANDS) throw image.fault(16, `${count} load commands`);
  const commands: Command[] = [];
  for (let at = 32; commands.length < count;) {
    const size = image.u32(at + 4);
    if (size < 8) throw image.fault(at, `a load command of ${size} bytes`);
    const type = image.u32(at);
    if (type === SEGMENT) image.bytes(image.u64(at + 40), image.u64(at + 48));
    commands.push({ type, at });
    at += size;
  }
  return commands;
}

/** The place of a path stands in the command, as an offset from its start. */
function pathIn(image: Image, command: number): string {
  return image.text(command + image.u32(command + 8));
}

/** Two bytes, one, one. */
function versionText(version: number): string {
  return `${version >>> 16}.${(version >>> 8) & 0xff}`;
}
