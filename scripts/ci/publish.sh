#!/usr/bin/env bash
# publish.sh: makes the GitHub release of this tag from dist/: whole as a draft first, then public.
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=$GITHUB_REF_NAME

files=(dist/checksums.txt dist/ollama-exporter.json)
while read -r _ name; do files+=("dist/$name"); done <dist/checksums.txt

case $(gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null || true) in
  true) gh release delete "$tag" --yes ;;
  false)
    echo "$tag has been published: what people may have downloaded is not replaced" >&2
    exit 1
    ;;
esac
case $tag in
  *-*) kind=--prerelease ;;
  *) kind=--latest ;;
esac
gh release create "$tag" --verify-tag --draft --title "$tag" --notes-file dist/release-notes.md "${files[@]}"
gh release edit "$tag" --draft=false "$kind"
