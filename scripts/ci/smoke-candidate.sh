#!/usr/bin/env bash
# smoke-candidate.sh: tries the pushed image of this machine's architecture: IMAGE at DIGEST.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash scripts/ci/registry-login.sh
bash scripts/ci/with-bun.sh bash scripts/ci/image-smoke.sh "$IMAGE@$DIGEST"
