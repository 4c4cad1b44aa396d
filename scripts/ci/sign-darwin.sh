#!/usr/bin/env bash
# sign-darwin.sh: signs the macOS programs anew, for nobody in particular. What Bun leaves on them when
# it compiles elsewhere is not valid on all of them, and macOS kills such a program.
set -euo pipefail
cd "$(dirname "$0")/../.."

for program in dist/programs/darwin_*/ollama-exporter; do
  chmod +x "$program"
  codesign --remove-signature "$program"
  codesign --force --sign - "$program"
  codesign --verify --strict --verbose "$program"
done
bash scripts/ci/with-bun.sh bun install --frozen-lockfile --silent
bash scripts/ci/with-bun.sh bun scripts/inspect.ts --strict-signatures darwin_x64 darwin_arm64
