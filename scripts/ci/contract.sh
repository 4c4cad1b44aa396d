#!/usr/bin/env bash
# contract.sh PROGRAM: the black-box contract of a compiled program.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash scripts/ci/with-bun.sh bun install --frozen-lockfile --silent
OLLAMA_EXPORTER_TEST_BINARY=$1 bash scripts/ci/with-bun.sh bun test test/contract -t 'on binary'
