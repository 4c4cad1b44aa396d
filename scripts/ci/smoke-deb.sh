#!/usr/bin/env bash
# smoke-deb.sh: installs the package of dist/ for this machine, asks its service, and purges it, with the
# README's words for all that needs no release.
set -euo pipefail
cd "$(dirname "$0")/../.."
trap 'journalctl --unit ollama-exporter --no-pager --lines 50 || true' ERR

# readme START: runs the README's command that begins so.
readme() {
  local words
  words=$(bash scripts/ci/readme-words.sh "$1")
  echo "+ $words"
  bash -c "$words"
}

ask() {
  curl --silent --show-error --fail --retry 10 --retry-delay 1 --retry-connrefused \
    http://127.0.0.1:8000/metrics | grep '^ollama_exporter_build_info'
}

package=$(bash scripts/ci/verified.sh "_$(dpkg --print-architecture).deb")
sudo apt-get install --yes "./$package"
systemctl is-enabled ollama-exporter
ask
readme 'sudo systemctl restart'
ask
systemctl is-active ollama-exporter
# The log may be root's alone.
sudo bash -c "$(bash scripts/ci/readme-words.sh 'journalctl -u')" | grep 'shutting down'
bash scripts/ci/with-bun.sh bun scripts/smoke.ts /usr/bin/ollama-exporter
readme 'sudo apt purge' <<<y
[ ! -e /usr/bin/ollama-exporter ]
if curl --silent http://127.0.0.1:8000/metrics; then
  echo "it still answers after the purge" >&2
  exit 1
fi
