#!/usr/bin/env bash
# confine.sh ROOT USER GROUP [NAME=VALUE...] -- COMMAND...: runs a command with ROOT as its root, with this
# environment and no other, and without any capability or a way to one.
set -euo pipefail
root=$1 user=$2 group=$3
shift 3
env=()
while [ "$1" != -- ]; do
  env+=("$1")
  shift
done
program=$2
shift 2

exec env -i "${env[@]}" "$(command -v capsh)" --chroot="$root" --no-new-privs --drop=all \
  --gid="$group" --groups= --uid="$user" --shell="$program" -- "$@"
