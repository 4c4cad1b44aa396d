#!/usr/bin/env bash
# try-image.sh: builds the container image for both architectures and tries the one for this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -d dist/programs ] || bash scripts/ci/compile.sh
image=$(bash scripts/ci/with-bun.sh bash scripts/ci/image.sh try)
bash scripts/ci/with-bun.sh bash scripts/ci/image-smoke.sh "$image"
