#!/usr/bin/env bash
# check-tag.sh: refuses a tag that is not the version of package.json, or of which CHANGELOG.md says
# nothing, before anything is built of it.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(node -p 'require("./package.json").version')
echo "version=$version" >>"${GITHUB_OUTPUT:-/dev/null}"
if [ "${GITHUB_REF_TYPE:-}" != tag ]; then
  echo "no tag: this is a try of $version, and nothing of it is published"
  exit
fi
tag=$GITHUB_REF_NAME
if [ "$tag" != "v$version" ]; then
  echo "the tag is $tag, and package.json has version $version: bun run release makes both" >&2
  exit 1
fi
if ! grep -qF "## $version / " CHANGELOG.md; then
  echo "CHANGELOG.md has no section \"## $version / DATE\": bun run release makes it" >&2
  exit 1
fi
echo "$tag is the version of package.json, and CHANGELOG.md has its section"
