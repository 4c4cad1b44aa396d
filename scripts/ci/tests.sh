#!/usr/bin/env bash
# tests.sh: the gate that every change must pass, as far as this system has what it needs, and the
# program of this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

bun() { bash scripts/ci/with-bun.sh bun "$@"; }

case $(uname -s) in
  MINGW* | MSYS*)
    # Windows has no signal that a program could be asked to end with: the other tests need them.
    bun install --frozen-lockfile --silent
    for check in format lint types; do bun run "$check"; done
    bun test test/cli test/contract test/dialects test/metrics test/ollama-client test/proxy \
      test/recordings test/release test/routes test/simulated-ollama test/workflows
    program=dist/ollama-exporter.exe
    ;;
  *)
    bun run check
    program=dist/ollama-exporter
    ;;
esac
bun run build
bun scripts/smoke.ts "$program"
