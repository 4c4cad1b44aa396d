#!/usr/bin/env bash
# readme-unix.sh: the README's words about install.sh and about verifying a download, with the release
# that is out.
set -euo pipefail
cd "$(dirname "$0")/../.."

# readme START [MORE]: runs the README's command that begins so, in a folder of its own.
readme() {
  local words
  words="$(bash scripts/ci/readme-words.sh "$1") ${2:-}"
  echo "+ $words"
  (cd "$work" && bash -c "$words")
}

version=$(node -p 'require("./package.json").version')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

readme 'curl -fsSL'
~/.local/bin/ollama-exporter --version | grep -F "$version"
gh release download "v$version" --dir "$work" --pattern checksums.txt --pattern '*_linux_x64.tar.gz'
case $(uname -s) in
  Darwin) readme 'shasum -a 256 --check' checksums.txt ;;
  *) readme 'sha256sum --check' ;;
esac
readme 'gh attestation verify'
readme 'rm ~/.local/bin/ollama-exporter'
[ ! -e ~/.local/bin/ollama-exporter ]
