import { createHmac, randomBytes } from "node:crypto";

/** Whether a password has this bcrypt hash. */
export type VerifyPassword = (password: Uint8Array, hash: string) => Promise<boolean>;

/** What becomes of a request: `busy` while so many passwords are being tried that one more must wait. */
type Verdict = "granted" | "denied" | "busy";

export type CheckCredentials = (
  authorization: string | null,
  users: ReadonlyMap<string, string>,
  /** Of the request: who has left takes no turn. */
  signal?: AbortSignal,
) => Promise<Verdict>;

/** Passwords that wait for their turn: a hash of cost 10 takes some 70 ms of a processor. */
const MOST_WAITING = 32;

const MOST_REMEMBERED = 100;

/** All that bcrypt looks at. */
const PASSWORD_BYTES = 72;

/**
 * Checks the `Authorization` of requests. One password is tried at a time, so that guessing cannot take
 * all processors, and one that was right is remembered by a keyed hash, so that scrapes do not pay again.
 */
export function createBasicAuth(verify: VerifyPassword): CheckCredentials {
  const secret = randomBytes(32);
  const granted = new Set<string>();
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = async (
    password: Uint8Array,
    hash: string,
    signal?: AbortSignal,
  ): Promise<boolean> => {
    waiting++;
    const mine = turn.then(() => !signal?.aborted && verify(password, hash));
    turn = mine.catch(() => {});
    return mine.finally(() => waiting--);
  };
  return async (authorization, users, signal) => {
    const credentials = credentialsIn(authorization);
    if (!credentials) return "denied";
    const { user, password } = credentials;
    const hash = users.get(user);
    const remembered = createHmac("sha256", secret)
      .update(`${hash}\0${user}\0`)
      .update(password)
      .digest("base64");
    if (granted.has(remembered)) return "granted";
    if (waiting >= MOST_WAITING) return "busy";
    // An unknown user costs as much as the dearest of the known.
    const isRight = await inTurn(
      password.subarray(0, PASSWORD_BYTES),
      hash ?? dearest(users),
      signal,
    );
    if (!isRight || hash === undefined) return "denied";
    if (granted.size >= MOST_REMEMBERED) granted.clear();
    granted.add(remembered);
    return "granted";
  };
}

/** The hash with the highest cost, which is written first in it. */
function dearest(users: ReadonlyMap<string, string>): string {
  return [...users.values()].reduce((one, other) => (costOf(one) < costOf(other) ? other : one));
}

/** RFC 7617 §2; undefined for what is none. */
function credentialsIn(
  authorization: string | null,
): { readonly user: string; readonly password: Uint8Array } | undefined {
  const [, encoded] = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, "base64");
  const colon = bytes.indexOf(":");
  if (colon === -1) return undefined;
  return { user: bytes.toString("utf8", 0, colon), password: bytes.subarray(colon + 1) };
}

function costOf(hash: string): string {
  return hash.slice(4, 6);
}
