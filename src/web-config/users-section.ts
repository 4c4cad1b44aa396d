import { escaped } from "../messages/quoted.ts";
import { mappingOf, type Mistake } from "./section.ts";

const AT = "basic_auth_users.";

/** Version, cost, and 22 characters of salt with 31 of hash. */
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;

const LEAST_COST = 4;
/** Takes 5 s; with each step beyond, a page would take twice as long. */
const MOST_COST = 16;

/** Reads `basic_auth_users`: hashes by user. Throws a mistake that never shows a hash. */
export function usersIn(value: unknown, mistake: Mistake): Map<string, string> {
  const users = new Map<string, string>();
  for (const [user, hash] of Object.entries(mappingOf(value, AT, mistake))) {
    const name = `${AT}${escaped(user)}`;
    if (user === "" || user.includes(":")) throw mistake(`${name} is no name that a user can have`);
    const cost = typeof hash === "string" ? BCRYPT.exec(hash)?.[1] : undefined;
    if (cost === undefined) {
      throw mistake(`${name} is not a bcrypt hash: make one with htpasswd -nBC 10 ""`);
    }
    if (Number(cost) < LEAST_COST || Number(cost) > MOST_COST) {
      throw mistake(`${name} has a cost of ${cost}: make a hash with one from 4 to ${MOST_COST}`);
    }
    users.set(user, hash as string);
  }
  return users;
}
