#!/usr/bin/env bash
# pack.sh: the files of a release, out of dist/programs/ into dist/.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Uploads of a workflow forget it.
chmod +x dist/programs/*/ollama-exporter*
bash scripts/ci/with-bun.sh bun install --frozen-lockfile --silent
bash scripts/ci/with-bun.sh bun scripts/inspect.ts --strict-signatures
bash scripts/ci/with-bun.sh bun scripts/pack.ts
(cd dist && sha256sum --check --strict checksums.txt)
# A try has no section in the changelog of which notes could be made.
[ "${GITHUB_REF_TYPE:-}" != tag ] || bash scripts/ci/with-bun.sh bun scripts/render.ts
