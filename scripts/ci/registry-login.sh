#!/usr/bin/env bash
# registry-login.sh: lets this job's Docker into the registry of the images, with this job's token.
set -euo pipefail

docker login ghcr.io --username "$GITHUB_ACTOR" --password-stdin <<<"$GH_TOKEN"
