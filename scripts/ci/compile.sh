#!/usr/bin/env bash
# compile.sh: the programs of a release, into dist/programs/.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash scripts/ci/with-bun.sh bun install --frozen-lockfile --silent
bash scripts/ci/with-bun.sh bun scripts/compile-all.ts
