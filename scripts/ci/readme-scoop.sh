#!/usr/bin/env bash
# readme-scoop.sh: the README's words about Scoop, with the release that is out, on a clean Scoop.
set -euo pipefail
cd "$(dirname "$0")/../.."

# readme START: runs the README's command that begins so.
readme() {
  local words
  words=$(bash scripts/ci/readme-words.sh "$1")
  echo "+ $words"
  pwsh -NoProfile -Command "$words"
}

# PowerShell expands it. A runner is its machine's administrator, which Scoop wants to be told.
# shellcheck disable=SC2016
pwsh -NoProfile -Command \
  'Invoke-Expression "& {$(Invoke-RestMethod https://get.scoop.sh)} -RunAsAdmin"'
export PATH="$HOME/scoop/shims:$PATH"
version=$(node -p 'require("./package.json").version')

readme 'scoop install'
ollama-exporter --version | grep -F "$version"
readme 'scoop uninstall'
hash -r
if command -v ollama-exporter; then
  echo 'it is still there after scoop uninstall' >&2
  exit 1
fi
