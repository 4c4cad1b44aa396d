#!/usr/bin/env bash
# verified.sh END: the path of the file in dist/ whose name ends so, if its bytes are those of
# checksums.txt.
set -euo pipefail
cd "$(dirname "$0")/../../dist"

line=$(awk -v end="$1" 'substr($2, length($2) - length(end) + 1) == end' checksums.txt)
if [ -z "$line" ]; then
  echo "checksums.txt has no file that ends with $1" >&2
  exit 1
fi
# macOS and Alpine each lack one of what the others have.
if command -v sha256sum >/dev/null; then
  sha256sum -c - <<<"$line" >&2
else
  shasum -a 256 -c - <<<"$line" >&2
fi
echo "dist/${line#*  }"
