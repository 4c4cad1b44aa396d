#!/usr/bin/env bash
# publish-image.sh: gives the images that have been tried, IMAGE at DIGEST, the tags of this version.
set -euo pipefail

version=${GITHUB_REF_NAME#v}
tags=(--tag "$IMAGE:$version")
[[ $version == *-* ]] || tags+=(--tag "$IMAGE:latest")
bash "$(dirname "$0")/registry-login.sh"
docker buildx imagetools create "${tags[@]}" "$IMAGE@$DIGEST"
docker buildx imagetools inspect "$IMAGE:$version"
