/** One file of a package. */
export interface DebFile {
  /** Without a slash at its start. */
  readonly path: string;
  readonly data: string | Uint8Array;
  readonly executable?: boolean;
}
