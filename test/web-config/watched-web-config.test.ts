import { expect, test } from "bun:test";
import { chmod, rename, rm } from "node:fs/promises";
import { type WatchedWebConfig, watchWebConfig } from "../../src/web-config/watched-web-config.ts";
import { makeCertificates } from "../support/certificates.ts";
import { testWith } from "../support/test-with.ts";
import { HASH, webConfigStage, type WebConfigStage } from "./stage.ts";

const users = (...names: string[]): string =>
  `basic_auth_users:\n${names.map((name) => `  ${name}: ${HASH}\n`).join("")}`;

/** A watched file, and what it has told. */
function watch({ file }: WebConfigStage): { watched: WatchedWebConfig; told: string[] } {
  const told: string[] = [];
  const watched = watchWebConfig(file, {
    onChange: () => void told.push("changed"),
    onMistake: (message) => void told.push(message.replace(/^.*web\.yml": /, "")),
    onTls: ({ cert }) => void told.push(`tls ${cert.length > 0}`),
    onTlsSwitched: () => void told.push("switched"),
  });
  return { watched, told };
}

const namesOf = (watched: WatchedWebConfig): string[] => [...watched.current().users.keys()];

test("what does not change is told of to nobody", async () => {
  await using stage = await webConfigStage(users("alice"));
  const { watched, told } = watch(stage);
  for (let times = 0; times < 3; times++) watched.refresh();
  expect([namesOf(watched), told]).toEqual([["alice"], []]);
});

test("a change is read, and a mistake is told once and mended without another change of the file", async () => {
  await using stage = await webConfigStage(users("alice"));
  const { watched, told } = watch(stage);
  await stage.write(users("alice", "bob"));
  watched.refresh();
  expect([namesOf(watched), told.splice(0)]).toEqual([["alice", "bob"], ["changed"]]);

  await rename(stage.file.path, `${stage.file.path}.away`);
  for (let times = 0; times < 3; times++) watched.refresh();
  expect(told.splice(0)).toEqual([expect.stringContaining("the file does not exist")]);
  expect(namesOf(watched)).toEqual(["alice", "bob"]);

  await rename(`${stage.file.path}.away`, stage.file.path);
  watched.refresh();
  expect([namesOf(watched), told]).toEqual([["alice", "bob"], ["changed"]]);
});

test("a file that becomes empty keeps its users, whatever is asked how often", async () => {
  await using stage = await webConfigStage(users("alice"));
  const { watched, told } = watch(stage);
  await stage.write("");
  for (let times = 0; times < 3; times++) watched.refresh();
  expect([namesOf(watched), told]).toEqual([["alice"], ["the file has become empty"]]);
});

const testWithOpenssl = testWith("openssl");

testWithOpenssl("a certificate that is there later than its name is shown then", async () => {
  await using certificates = await makeCertificates();
  await using stage = await webConfigStage();
  const { path } = certificates;
  const tls = (name: string): string =>
    `tls_server_config:\n  cert_file: ${path(`${name}.pem`)}\n  key_file: ${path(`${name}.key`)}\n`;
  await stage.write(tls("server"));
  const { watched, told } = watch(stage);
  await rename(path("renewed.pem"), path("away.pem"));
  await stage.write(tls("renewed"));
  for (let times = 0; times < 3; times++) watched.refresh();
  expect(told.splice(0)).toEqual([expect.stringContaining("does not exist")]);
  await rename(path("away.pem"), path("renewed.pem"));
  watched.refresh();
  expect(told.splice(0)).toEqual(["tls true", "changed"]);

  // As when a key is renewed before its certificate.
  await Bun.write(path("renewed.key"), await certificates.text("stranger.key"));
  for (let times = 0; times < 3; times++) watched.refresh();
  expect(told.splice(0)).toEqual([expect.stringContaining("is not the key of the certificate")]);
  await Bun.write(path("renewed.pem"), await certificates.text("stranger.pem"));
  watched.refresh();
  expect(told.splice(0)).toEqual(["tls true", "changed"]);

  // What may be read changes nothing but the time of the change.
  await chmod(path("renewed.key"), 0o644);
  watched.refresh();
  expect(told.splice(0)).toEqual(["changed"]);
});

testWithOpenssl("TLS that goes and comes back is told each time, and shown as it was", async () => {
  await using certificates = await makeCertificates();
  await using stage = await webConfigStage();
  const tls = `tls_server_config:\n  cert_file: ${certificates.path("server.pem")}\n  key_file: ${certificates.path("server.key")}\n`;
  await stage.write(tls);
  const { watched, told } = watch(stage);
  await stage.write(users("alice"));
  watched.refresh();
  await stage.write(tls + users("alice"));
  watched.refresh();
  expect(told).toEqual(["switched", "changed", "changed"]);
  await rm(stage.file.path);
});

test("what could not be read for another reason is tried once more when it is said so", async () => {
  await using stage = await webConfigStage(users("alice"));
  let fail = true;
  const told: string[] = [];
  const watched = watchWebConfig(stage.file, {
    onChange() {
      told.push("changed");
      if (fail) throw new Error("no descriptor left");
    },
    onMistake: (message) => void told.push(message),
    onTls() {},
    onTlsSwitched() {},
  });
  await stage.write(users("bob"));
  watched.refresh();
  watched.refresh();
  expect(told.splice(0)).toEqual(["changed", "no descriptor left"]);
  fail = false;
  watched.refresh(true);
  watched.refresh(true);
  expect(told).toEqual(["changed"]);
});
