#!/usr/bin/env bash
# deno-compile.sh: compiles the source with Deno, with the README's permissions, and tries the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^DENO=//p' .ci/run)
read -r -a permissions < <(grep -oE 'deno run( --allow-[^ ]+)+' README.md | sed 's/^deno run //')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --silent --prefix "$work" "deno@$version"
export PATH="$work/node_modules/.bin:$PATH"
deno install --prod
deno compile "${permissions[@]}" --output dist/deno/ollama-exporter src/main.ts
bash scripts/ci/with-bun.sh bun scripts/smoke.ts dist/deno/ollama-exporter
