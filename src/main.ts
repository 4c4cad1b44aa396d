#!/usr/bin/env bun
import { writeSync } from "node:fs";
import process from "node:process";
import { run } from "./cli/command.ts";
import { serve } from "./daemon/serve.ts";
import { thisRuntime } from "./runtime/this-runtime.ts";

thisRuntime.prepare();

// Written at once, so that nothing is lost when the process exits.
const io = {
  stdout: (text: string): void => void writeSync(1, text),
  stderr: (text: string): void => void writeSync(2, text),
};
process.exit(await run(process.argv.slice(2), process.env, io, serve));
