#!/usr/bin/env bash
# readme-unix.sh: the README's words about install.sh, Debian's package, verifying a download and macOS's
# quarantine, with the release that is out.
set -euo pipefail
cd "$(dirname "$0")/../.."

# readme START [MORE]: runs the README's command that begins so, in a folder of its own.
readme() {
  local words
  words="$(bash scripts/ci/readme-words.sh "$1") ${2:-}"
  words=${words//_amd64.deb/_$debian.deb}
  echo "+ $words"
  (cd "$work" && bash -c "$words")
}

debian() {
  readme 'curl -fLO'
  readme 'sudo apt install'
  curl --silent --show-error --fail --retry 20 --retry-delay 1 --retry-connrefused \
    http://127.0.0.1:8000/metrics | grep '^ollama_exporter_build_info'
  readme 'sudo apt purge' <<<y
  [ ! -e /usr/bin/ollama-exporter ]
}

# A browser would have put the attribute on the program.
quarantine() {
  tar -xzf "$work"/*_darwin_arm64.tar.gz -C "$work" ollama-exporter
  xattr -w com.apple.quarantine '0081;00000000;Safari;' "$work/ollama-exporter"
  readme 'xattr -d'
  if xattr -p com.apple.quarantine "$work/ollama-exporter"; then
    echo 'it is still in quarantine' >&2
    exit 1
  fi
  "$work/ollama-exporter" --version | grep -F "$version"
}

version=$(node -p 'require("./package.json").version')
debian=$(dpkg --print-architecture 2>/dev/null || echo amd64)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

readme 'curl -fsSL'
~/.local/bin/ollama-exporter --version | grep -F "$version"
gh release download "v$version" --dir "$work" --pattern checksums.txt \
  --pattern '*_linux_x64.tar.gz' --pattern '*_darwin_arm64.tar.gz'
case $(uname -s) in
  Darwin)
    readme 'shasum -a 256 --check' checksums.txt
    quarantine
    ;;
  *)
    readme 'sha256sum --check'
    debian
    ;;
esac
readme 'gh attestation verify'
readme 'rm ~/.local/bin/ollama-exporter'
[ ! -e ~/.local/bin/ollama-exporter ]
