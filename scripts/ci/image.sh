#!/usr/bin/env bash
# scripts/ci/image.sh [--push] TAG...: builds the container image for both architectures from
# dist/programs. With --push it goes to the registry under each tag; without, the one for this
# machine goes to its own Docker. Prints the image's name with each tag, and nothing else on stdout.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  echo 'usage: scripts/ci/image.sh [--push] TAG..., as in: scripts/ci/image.sh --push 1.2.3 latest' >&2
  exit 2
}

push=
if [ "${1-}" = --push ]; then
  push=true
  shift
fi
[ $# -gt 0 ] || usage
for tag in "$@"; do
  # What follows the colon of an image's name, as the OCI distribution specification has it.
  [[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$ ]] || usage
done
for target in linux_x64-baseline linux_arm64; do
  program=dist/programs/$target/ollama-exporter
  if [ ! -f "$program" ]; then
    echo "there is no $program: run bun run build:all" >&2
    exit 1
  fi
done

# Not in a pipe, so that a failure ends us.
arguments=$(bun scripts/ci/image-arguments.ts)
image=
options=()
while IFS='=' read -r name value; do
  case $name in
    IMAGE) image=$value ;;
    *) options+=(--build-arg "$name=$value") ;;
  esac
  case $name in
    # What registries show of an image for several architectures is on its index.
    DESCRIPTION | SOURCE | LICENSES | VERSION | REVISION)
      [ -z "$push" ] || options+=(--annotation "index:org.opencontainers.image.${name,,}=$value")
      ;;
  esac
done <<<"$arguments"
for tag in "$@"; do options+=(--tag "$image:$tag"); done

# Docker's own builder makes images for one architecture only.
builder=$(docker buildx create --driver docker-container)
trap 'docker buildx rm "$builder" >&2' EXIT

# build OPTION...
build() {
  docker buildx build --builder "$builder" --pull --file scripts/image/Dockerfile \
    "${options[@]}" "$@" dist/programs >&2
}

both=linux/amd64,linux/arm64
if [ -n "$push" ]; then
  build --platform "$both" --push
else
  build --platform "$both" --output type=cacheonly
  # Docker's own store takes no attestations beside an image.
  build --provenance=false --load
fi
for tag in "$@"; do echo "$image:$tag"; done
