#!/usr/bin/env bash
# with-bun.sh COMMAND...: runs it with the Bun that package.json asks for. A runner needs only Node.
set -euo pipefail

manifest=$(dirname "$0")/../../package.json
version=$(sed -nE 's/^ *"bun": ">=([0-9.]+)".*/\1/p' "$manifest")
exec npx --yes --package "bun@$version" -- "$@"
