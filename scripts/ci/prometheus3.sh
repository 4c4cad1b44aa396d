#!/usr/bin/env bash
# prometheus3.sh: the tests with Prometheus against version 3, where Debian has version 2.
set -euo pipefail
cd "$(dirname "$0")/../.."

image=prom/prometheus:v3.13.4@sha256:87861b8cf91579109319ebc300f3f1060e6da9c05d6ae8ad15a20c879e84e32e
work=$(mktemp -d)
container=
trap '[ -z "$container" ] || docker rm "$container" >/dev/null; rm -rf "$work"' EXIT

container=$(docker create "$image")
for program in prometheus promtool; do
  docker cp "$container:/bin/$program" "$work/$program"
done
export PATH="$work:$PATH"
prometheus --version
bash scripts/ci/with-bun.sh bun install --frozen-lockfile --silent
REQUIRE_ALL=true bash scripts/ci/with-bun.sh bun test test/prometheus test/kit
