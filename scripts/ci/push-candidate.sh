#!/usr/bin/env bash
# push-candidate.sh: pushes the images of both architectures under a tag that nobody is told of, and
# says which ones they are.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash scripts/ci/registry-login.sh
image=$(bash scripts/ci/with-bun.sh bash scripts/ci/image.sh --push candidate)
digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
printf 'image=%s\ndigest=%s\n' "${image%:*}" "$digest" | tee -a "${GITHUB_OUTPUT:-/dev/null}"
