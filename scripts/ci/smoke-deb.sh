#!/usr/bin/env bash
# smoke-deb.sh: installs the package of dist/ for this machine, asks its service, and purges it.
set -euo pipefail
cd "$(dirname "$0")/../.."
trap 'journalctl --unit ollama-exporter --no-pager --lines 50 || true' ERR

package=$(bash scripts/ci/verified.sh "_$(dpkg --print-architecture).deb")
sudo apt-get install --yes "./$package"
systemctl is-enabled ollama-exporter
curl --silent --show-error --fail --retry 10 --retry-delay 1 --retry-connrefused \
  http://127.0.0.1:8000/metrics | grep '^ollama_exporter_build_info'
systemctl is-active ollama-exporter
bash scripts/ci/with-bun.sh bun scripts/smoke.ts /usr/bin/ollama-exporter
sudo apt-get purge --yes ollama-exporter
[ ! -e /usr/bin/ollama-exporter ]
if curl --silent http://127.0.0.1:8000/metrics; then
  echo "it still answers after the purge" >&2
  exit 1
fi
