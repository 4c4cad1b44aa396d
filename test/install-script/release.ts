import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { tarGz } from "../../scripts/pack/archive.ts";
import { CHECKSUMS, archiveName } from "../../scripts/pack/names.ts";
import { checksumsText } from "../../scripts/pack/checksums.ts";
import { type Target, type TargetName, TARGETS } from "../../scripts/build/targets.ts";
import { answerOf, startRawUpstream, type Visit } from "../support/raw-upstream.ts";

/** The bytes of a file, or what is written on the connection instead of a whole answer. */
export type Served = Uint8Array | ((visit: Visit) => void);

export type ReleaseFiles = Readonly<Record<string, Served>>;

/** What most tests install: what a machine with glibc takes. */
export const ARCHIVE = archiveOf("linux_x64-baseline");

export function archiveOf(name: TargetName): string {
  const target: Target | undefined = TARGETS.find((row) => row.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  return archiveName(target);
}

/** A program that can be told by what it says, in place of the real one. */
export function programSaying(words: string): string {
  return `#!/bin/sh\n[ "$*" = --version ] && echo '${words}'\n`;
}

/** An archive with this program and its checksum, as a release has them. */
export async function releaseFiles({
  archive = ARCHIVE,
  program = programSaying("ollama-exporter new"),
}: { archive?: string; program?: string } = {}): Promise<Record<string, Uint8Array>> {
  const files = [
    { name: "LICENSE", data: Buffer.from("MIT") },
    { name: "README.md", data: Buffer.from("# ollama-exporter") },
    { name: "ollama-exporter", data: Buffer.from(program), executable: true },
  ];
  const packed = await tarGz(files, new Date(0));
  const sum = createHash("sha256").update(packed).digest("hex");
  const sums = new Map([
    ["ollama-exporter_other.tar.gz", "0".repeat(64)],
    [archive, sum],
  ]);
  return { [archive]: packed, [CHECKSUMS]: Buffer.from(checksumsText(sums)) };
}

export interface Release extends AsyncDisposable {
  readonly url: string;
  /** The files that were asked for, in order. */
  asked(): string[];
}

function nameOf({ request }: Visit): string {
  return request.startLine.split(" ")[1]!.slice(1);
}

/** Serves a release on loopback; what it does not have gets 404. */
export async function startRelease(files: ReleaseFiles): Promise<Release> {
  const upstream = await startRawUpstream((visit) => {
    const served = files[nameOf(visit)];
    if (served === undefined) visit.socket.end(answerOf("Not Found", { status: "404 Not Found" }));
    else if (typeof served === "function") served(visit);
    else sendFile(visit.socket, served);
  });
  return { ...upstream, asked: () => upstream.visits.map(nameOf) };
}

export function sendFile(socket: Socket, bytes: Uint8Array): void {
  socket.write(headOf(bytes));
  socket.end(bytes);
}

/** Promises all of a file and sends half of it. */
export function sendHalf(socket: Socket, bytes: Uint8Array): void {
  socket.write(headOf(bytes));
  socket.write(bytes.subarray(0, bytes.byteLength / 2));
}

function headOf({ byteLength }: Uint8Array): string {
  return `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${byteLength}\r\n\r\n`;
}
