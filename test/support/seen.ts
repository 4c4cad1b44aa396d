import type { Framing, MessageReader } from "./message-reader.ts";

/** What can be seen of a message at the end that receives it. */
interface SeenMessage {
  /** By name. Host, Date and hop-by-hop fields are not looked at. */
  readonly fields: readonly string[];
  readonly body: string;
  readonly framing: Framing | undefined;
  readonly end: "complete" | "cut";
  readonly trailers: readonly string[];
}

/** What can be seen of an exchange. */
export interface Seen {
  readonly client: SeenMessage & {
    /** 0 where no answer came. */
    readonly status: number;
    readonly interim: readonly string[];
  };
  /** Absent where no request arrived. */
  readonly upstream?: SeenMessage & { readonly method: string; readonly target: string };
}

/** @param request as it arrived at the upstream, if it did */
export function seenOf(answer: MessageReader, request: MessageReader | undefined): Seen {
  const { interim } = answer;
  const status = Number(answer.head?.startLine.split(" ")[1] ?? 0);
  const client = { status, ...seenMessage(answer), interim };
  if (request === undefined) return { client };
  // A target may hold spaces.
  const words = (request.head?.startLine ?? "").split(" ");
  const [method = "", target] = [words[0], words.slice(1, -1).join(" ")];
  return { client, upstream: { method, target, ...seenMessage(request) } };
}

function seenMessage(message: MessageReader): SeenMessage {
  const { framing, trailers, state } = message;
  const end = state === "complete" ? "complete" : "cut";
  return { fields: fieldsOf(message), body: message.content(), framing, end, trailers };
}

const NOT_COMPARED = [
  "connection",
  "date",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
] as const;

function fieldsOf({ head }: MessageReader): string[] {
  const fields = (head?.fields ?? []).map(([name, value]) => [name.toLowerCase(), value] as const);
  const named = fields.filter(([name]) => name === "connection").flatMap(([, v]) => v.split(","));
  const aside = new Set<string>([...NOT_COMPARED, ...named.map((n) => n.trim().toLowerCase())]);
  return inOrder(
    fields.filter(([name]) => !aside.has(name)).map(([name, value]) => `${name}: ${value}`),
  );
}

/** By name; those of one name stay as they are. */
export function inOrder(fields: readonly string[]): string[] {
  return fields.toSorted((a, b) => (nameOf(a) === nameOf(b) ? 0 : nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(":"));
}
