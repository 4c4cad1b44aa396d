/** The body of a chat whose model is this text between quotes, whatever it is. */
export function chatBody(model: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.concat([Buffer.from('{"model":"'), Buffer.from(model), Buffer.from('","messages":[]}')]),
  );
}

const MEGABYTE = 1024 * 1024;

/** Names that no model can have; some make no JSON. */
const STRANGE: readonly (string | Uint8Array)[] = [
  '\\"} 1\\n',
  'a\\"b',
  "a\\nollama_requests_total 1e9\\n",
  "a\nb",
  "a\\\\",
  "\\ud800",
  "\\u0000",
  '{model=\\"x\\"}',
  "名前",
  "a b",
  "",
  Uint8Array.of(0xff, 0xfe, 0xc3),
  Uint8Array.of(0xf0, 0x9f, 0x8c),
  "x".repeat(81),
  "x".repeat(MEGABYTE),
  "\\u0041".repeat(MEGABYTE / 6),
  `m:${"x".repeat(MEGABYTE)}`,
];

export interface Attack {
  /** So that another attack has other names. */
  readonly seed: string;
  /** Made-up names, each used once. */
  readonly names: number;
  /** Names that exist. */
  readonly served: readonly string[];
}

/** The bodies of an attack: one name in three is made up, one exists, one is strange. */
export function* hostileBodies({
  seed,
  names,
  served,
}: Attack): Generator<Uint8Array<ArrayBuffer>> {
  for (let i = 0; i < names; i++) {
    yield chatBody(`${seed}-${i}${i % 3 === 0 ? `:tag-${i}` : ""}`);
    yield chatBody(served[i % served.length] ?? "");
    yield chatBody(STRANGE[i % STRANGE.length] ?? "");
  }
}
