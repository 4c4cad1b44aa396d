#!/usr/bin/env bash
# readme-words.sh START: the README's first command that begins so.
set -euo pipefail
cd "$(dirname "$0")/../.."

words=$(awk -v start="$1" '
  (at = index($0, start)) {
    words = substr($0, at)
    # In the middle of a sentence or of a table a command ends with its backtick.
    sub(/`.*/, "", words)
    print words
    exit
  }' README.md)
if [ -z "$words" ]; then
  echo "the README has no command that begins with: $1" >&2
  exit 1
fi
echo "$words"
