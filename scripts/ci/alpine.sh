#!/usr/bin/env bash
# alpine.sh COMMAND...: runs a command in Alpine, in this folder, with Node and what our musl programs
# need. Started by hand, because actions do not run in Alpine on ARM.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The words of the command are expanded in there.
# shellcheck disable=SC2016
docker run --rm --volume "$PWD:/project" --workdir /project node:22-alpine \
  sh -c 'apk add --no-cache bash libstdc++ && exec "$@"' sh "$@"
