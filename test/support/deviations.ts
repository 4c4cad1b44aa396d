import { inOrder, type Seen } from "./seen.ts";

type Client = Seen["client"];
type Upstream = NonNullable<Seen["upstream"]>;

const client =
  (change: (client: Client) => Partial<Client>) =>
  (straight: Seen): Seen => ({
    ...straight,
    client: { ...straight.client, ...change(straight.client) },
  });

const upstream =
  (change: (upstream: Upstream) => Partial<Upstream>) =>
  (straight: Seen): Seen => {
    const request = straight.upstream;
    return request ? { ...straight, upstream: { ...request, ...change(request) } } : straight;
  };

/** Changes the path of a target, or its query, and leaves the other as it is. */
const target = (path: (path: string) => string, query = (text: string): string => text) =>
  upstream((request) => {
    const mark = request.target.indexOf("?");
    const end = mark === -1 ? request.target.length : mark;
    return { target: path(request.target.slice(0, end)) + query(request.target.slice(end)) };
  });

const plus = (fields: readonly string[], field: string): string[] => inOrder([...fields, field]);
const minus = (fields: readonly string[], name: string): string[] =>
  fields.filter((field) => !field.startsWith(`${name}: `));

/** The request does not reach the upstream; what the client gets instead. */
const refused =
  (status: number, answer: Partial<Client> = {}) =>
  (): Seen => ({ client: { ...NO_ANSWER, status, end: "complete", ...answer } });

const NO_ANSWER: Client = {
  status: 0,
  fields: [],
  body: "",
  framing: "until-close",
  end: "cut",
  interim: [],
  trailers: [],
};

/** WHATWG URL, "remove dot segments", on a target as it came. */
const resolved = (path: string): string => {
  const out: string[] = [];
  const parts = path.slice(1).split("/");
  for (const [i, part] of parts.entries()) {
    const plain = part.replaceAll(/%2e/gi, ".");
    if (plain === "..") out.pop();
    else if (plain !== ".") out.push(part);
    if ((plain === ".." || plain === ".") && i === parts.length - 1) out.push("");
  }
  return `/${out.join("/")}`;
};

const encoded = (pattern: RegExp) => (text: string) =>
  text.replaceAll(pattern, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const joined = (fields: readonly string[]): string[] => {
  const values = new Map<string, string>();
  for (const field of fields) {
    const [name = "", value] = field.split(/: ?(.*)/s);
    const before = values.get(name);
    const separator = name === "cookie" ? "; " : ", ";
    values.set(name, before === undefined ? `${value}` : `${before}${separator}${value}`);
  }
  return [...values].map(([name, value]) => `${name}: ${value}`);
};

/**
 * Every way in which an exchange through the exporter may differ from a straight one, by name: what
 * straight becomes through it. `test/differential/deviations.test.ts` shows each.
 */
export const DEVIATIONS = {
  "Slashes at the start of a path become one": target((path) => path.replace(/^\/+/, "/")),
  "Dot segments are resolved": target(resolved),
  "A backslash in a path becomes a slash": target((path) => path.replaceAll("\\", "/")),
  "Characters that a URI cannot hold, and an apostrophe in a query, are percent-encoded": target(
    encoded(/["<>^`{}\u007f-\u00ff]/g),
    encoded(/["<>'\u0080-\u00ff]/g),
  ),
  "A byte of a target that is not UTF-8 becomes U+FFFD": target(
    (path) => path.replaceAll("\xe9", "%EF%BF%BD"),
    (query) => query.replaceAll("\xe9", "%EF%BF%BD"),
  ),
  "A # in a target is percent-encoded": target(encoded(/#/g), encoded(/#/g)),
  "The absolute form becomes a path": upstream((request) => ({
    target: request.target.replace(/^https?:\/\/[^/?]+\/?/i, "/"),
  })),
  "A target with a space or a control character is refused": refused(505),
  "A target that is neither a path nor an http URL is refused": refused(400),
  "TRACE and CONNECT are refused": refused(405, {
    fields: ["content-length: 22", "content-type: text/plain"],
    body: "405 method not allowed",
    framing: "length",
  }),
  "A method that no RFC knows closes the connection": refused(0, {
    end: "cut",
    framing: undefined,
  }),
  "A request without a body gets a Content-Length of 0": upstream(({ fields }) => ({
    fields: plus(fields, "content-length: 0"),
    framing: "length",
  })),
  "A request without User-Agent gets the runtime's": upstream(({ fields }) => ({
    fields: plus(fields, `user-agent: Bun/${Bun.version}`),
  })),
  "A request without Accept accepts everything": upstream(({ fields }) => ({
    fields: plus(fields, "accept: */*"),
  })),
  "Fields of one name are joined": (straight) => {
    const cookies = straight.client.fields.filter((field) => field.startsWith("set-cookie: "));
    const others = straight.client.fields.filter((field) => !cookies.includes(field));
    const out = client(() => ({ fields: inOrder([...joined(others), ...cookies]) }))(straight);
    return upstream(({ fields }) => ({ fields: joined(fields) }))(out);
  },
  "A request is told to continue, whatever the upstream says": client(() => ({
    interim: ["HTTP/1.1 100 Continue"],
  })),
  "Interim answers are swallowed": client(() => ({ interim: [] })),
  "The trailers of an answer are swallowed": client(() => ({ trailers: [] })),
  "A request of more than 200 fields is refused": refused(431),
  "An answer of more than 256 fields becomes a 502": (straight) => unreachable(straight),
  "A status above 599 becomes a 502": (straight) => unreachable(straight),
  "A length becomes chunks unless the answer comes in one read": client(({ fields }) => ({
    fields: minus(fields, "content-length"),
    framing: "chunked",
  })),
  "An answer that ends with its connection becomes chunked": client(() => ({
    framing: "chunked",
  })),
  "An empty answer without a length gets a Content-Length of 0": client(({ fields }) => ({
    fields: plus(fields, "content-length: 0"),
    framing: "length",
  })),
  "A 204 loses its Content-Length": client(({ fields }) => ({
    fields: minus(fields, "content-length"),
  })),
  "A 205 loses its body": client(({ fields }) => ({
    fields: plus(minus(fields, "content-length"), "content-length: 0"),
    body: "",
  })),
} as const satisfies Record<string, (straight: Seen) => Seen>;

export type Deviation = keyof typeof DEVIATIONS;

const UNREACHABLE = '{"error":"Ollama cannot be reached through ollama-exporter"}';

function unreachable(straight: Seen): Seen {
  const fields = [
    `content-length: ${UNREACHABLE.length}`,
    "content-type: application/json; charset=utf-8",
  ];
  const answer: Client = {
    ...NO_ANSWER,
    status: 502,
    fields,
    body: UNREACHABLE,
    framing: "length",
    end: "complete",
  };
  return { ...straight, client: answer };
}
