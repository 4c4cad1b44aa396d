/** A program that starts anew, says what it got in one line, and then does what it reads. */
import { maxHeaderSize } from "node:http";
import process from "node:process";
import { startAnew } from "../../src/runtime/start-anew.ts";
import type { Got } from "./started.ts";

// What cannot be executed cannot be started anew.
process.execPath = process.env["EXECUTABLE"] ?? process.execPath;

await startAnew();

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => console.log(signal));
const got: Got = {
  pid: process.pid,
  ppid: process.ppid,
  args: process.argv.slice(2),
  env: process.env,
  maxHeaderSize,
};
console.log(JSON.stringify(got));

for await (const line of console) {
  if (line.startsWith("exit ")) process.exit(Number(line.slice("exit ".length)));
  // Or else it ends with stdin, which ends with the process that was started.
  if (line === "stay") setInterval(() => {}, 60_000);
  console.log(line);
  console.error(line);
}
