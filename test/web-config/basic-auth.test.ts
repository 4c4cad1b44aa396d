import { expect, test } from "bun:test";
import { createBasicAuth } from "../../src/web-config/basic-auth.ts";

const USERS = new Map([
  ["alice", "hash of secret"],
  ["bob", "hash of hunter2"],
]);

const basic = (credentials: string): string => `Basic ${btoa(credentials)}`;

/** A check whose hashes are easily seen through, and the passwords that it tried. */
function stage() {
  const tried: string[] = [];
  const check = createBasicAuth(async (password, hash) => {
    tried.push(new TextDecoder().decode(password));
    return hash === `hash of ${tried.at(-1)}`;
  });
  return { check, tried };
}

test("a user with the right password comes in", async () => {
  const { check } = stage();
  expect(await check(basic("alice:secret"), USERS)).toBe("granted");
  expect(await check(basic("bob:hunter2").replace("Basic", "bAsIc  "), USERS)).toBe("granted");
});

test.each([
  ["nothing", null],
  ["an empty field", ""],
  ["another scheme", "Bearer secret"],
  ["no base64", "Basic !!!"],
  ["no colon", basic("alice")],
  ["a wrong password", basic("alice:wrong")],
  ["another user's password", basic("alice:hunter2")],
  ["an empty password", basic("alice:")],
  ["an unknown user", basic("mallory:secret")],
  ["the name of a method of objects", basic("constructor:secret")],
])("who says %s does not", async (_, authorization) => {
  expect(await stage().check(authorization, USERS)).toBe("denied");
});

test("an unknown user costs as much as the dearest of the known", async () => {
  const tried: string[] = [];
  const check = createBasicAuth(async (_, hash) => {
    tried.push(hash);
    return true;
  });
  const users = new Map(["$2b$04$a", "$2y$12$b", "$2a$10$c"].map((hash, i) => [`user${i}`, hash]));
  expect(await check(basic("mallory:a"), users)).toBe("denied");
  expect(tried).toEqual(["$2y$12$b"]);
});

test("an unknown user costs one try, as a wrong password does", async () => {
  const { check, tried } = stage();
  await check(basic("mallory:a"), USERS);
  await check(basic("alice:b"), USERS);
  expect(tried).toEqual(["a", "b"]);
});

test("a password that was right is not tried again, and one that was wrong is", async () => {
  const { check, tried } = stage();
  for (let times = 0; times < 3; times++) await check(basic("alice:secret"), USERS);
  for (let times = 0; times < 2; times++) await check(basic("alice:wrong"), USERS);
  expect(tried).toEqual(["secret", "wrong", "wrong"]);
});

test("what was right is forgotten with its hash and with its user", async () => {
  const { check } = stage();
  expect(await check(basic("alice:secret"), USERS)).toBe("granted");
  expect(await check(basic("alice:secret"), new Map([["alice", "hash of other"]]))).toBe("denied");
  expect(await check(basic("alice:secret"), new Map([["bob", "hash of secret"]]))).toBe("denied");
});

test("a password may hold colons and any characters", async () => {
  const { check } = stage();
  const users = new Map([["zoë", "hash of a:b:ü"]]);
  const authorization = `Basic ${Buffer.from("zoë:a:b:ü").toString("base64")}`;
  expect(await check(authorization, users)).toBe("granted");
});

test("of a long password bcrypt sees the first 72 bytes", async () => {
  const { check, tried } = stage();
  await check(basic(`alice:${"x".repeat(100)}`), USERS);
  expect(tried).toEqual(["x".repeat(72)]);
});

test("passwords are tried one at a time, and a crowd is sent away", async () => {
  let running = 0;
  let most = 0;
  const go = Promise.withResolvers<void>();
  const check = createBasicAuth(async () => {
    most = Math.max(most, ++running);
    await go.promise;
    running--;
    return false;
  });
  const verdicts = Array.from({ length: 50 }, (_, i) => check(basic(`alice:${i}`), USERS));
  go.resolve();
  const counted = await Promise.all(verdicts);
  expect(counted.filter((verdict) => verdict === "denied")).toHaveLength(32);
  expect(counted.filter((verdict) => verdict === "busy")).toHaveLength(18);
  expect(most).toBe(1);
});

test("a crowd does not keep out who was let in before", async () => {
  const go = Promise.withResolvers<void>();
  const check = createBasicAuth(async (password) => {
    if (String.fromCharCode(...password) === "secret") return true;
    await go.promise;
    return false;
  });
  expect(await check(basic("alice:secret"), USERS)).toBe("granted");
  const crowd = Array.from({ length: 50 }, (_, i) => check(basic(`alice:${i}`), USERS));
  expect(await check(basic("alice:secret"), USERS)).toBe("granted");
  go.resolve();
  await Promise.all(crowd);
});

test("a check that fails keeps nobody else out", async () => {
  let first = true;
  const check = createBasicAuth(async () => {
    if (!first) return true;
    first = false;
    throw new Error("no bcrypt");
  });
  const failing = check(basic("alice:secret"), USERS);
  expect(await failing.catch(() => "failed")).toBe("failed");
  expect(await check(basic("alice:secret"), USERS)).toBe("granted");
});

test("who has left takes no turn", async () => {
  const { check, tried } = stage();
  const leaving = new AbortController();
  const left = check(basic("alice:wrong"), USERS, leaving.signal);
  const staying = check(basic("alice:secret"), USERS, new AbortController().signal);
  leaving.abort();
  expect([await left, await staying]).toEqual(["denied", "granted"]);
  expect(tried).toEqual(["secret"]);
});
