#!/usr/bin/env -S bun --no-env-file
import { startAnew } from "./runtime/start-anew.ts";

// Before the rest is loaded: `--version` takes 20 ms so, and 32 the other way round.
await startAnew();
await import("./program.ts");
