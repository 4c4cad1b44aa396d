/**
 * The bytes of a file, read within bounds: whatever they say, a read gives a value, or an Error that
 * names the kind of file and the offset.
 */
export interface Image {
  readonly size: number;
  u8(offset: number): number;
  u16(offset: number): number;
  u32(offset: number): number;
  /** Only up to 2^53, beyond which no file has a place. */
  u64(offset: number): number;
  /** UTF-8 up to the next NUL. */
  text(offset: number): string;
  bytes(offset: number, length: number): Buffer;
  /** What to throw about something at an offset that cannot be. */
  fault(offset: number, what: string): Error;
}

/** Bytes; the longest path or name that is read. */
const LONGEST_TEXT = 4096;

export function createImage(
  kind: string,
  content: Uint8Array,
  order: "little" | "big" = "little",
): Image {
  const { buffer, byteOffset, length: size } = content;
  const view = new DataView(buffer, byteOffset, size);
  const bytes = Buffer.from(buffer, byteOffset, size);
  const little = order === "little";

  const fault = (offset: number, what: string): Error =>
    new Error(`${kind}: ${what} at offset ${offset}`);

  const within = (offset: number, length: number): number => {
    const inside = Number.isSafeInteger(offset) && offset >= 0 && offset + length <= size;
    if (!inside) throw fault(offset, `the file of ${size} bytes has no ${length} bytes`);
    return offset;
  };

  return {
    size,
    fault,
    u8: (offset) => view.getUint8(within(offset, 1)),
    u16: (offset) => view.getUint16(within(offset, 2), little),
    u32: (offset) => view.getUint32(within(offset, 4), little),
    u64(offset) {
      const value = Number(view.getBigUint64(within(offset, 8), little));
      if (!Number.isSafeInteger(value)) throw fault(offset, `${value} for a place in a file`);
      return value;
    },
    text(offset) {
      const longest = bytes.subarray(within(offset, 0), offset + LONGEST_TEXT);
      const end = longest.indexOf(0);
      if (end === -1) throw fault(offset, `a text of more than ${longest.length} bytes`);
      return longest.toString("utf8", 0, end);
    },
    bytes: (offset, length) => bytes.subarray(within(offset, length), offset + length),
  };
}
