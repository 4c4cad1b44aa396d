#!/usr/bin/env bash
# readme-docker.sh: the README's words about Docker, with the image that is out.
set -euo pipefail
cd "$(dirname "$0")/../.."

# readme START: runs the README's command that begins so.
readme() {
  local words
  words=$(bash scripts/ci/readme-words.sh "$1")
  echo "+ $words"
  bash -c "$words"
}

readme 'gh attestation verify oci://'
trap 'docker logs ollama-exporter; docker rm --force ollama-exporter' ERR
readme 'docker run'
curl --silent --show-error --fail --retry 20 --retry-delay 1 --retry-all-errors \
  http://127.0.0.1:8000/metrics | grep '^ollama_exporter_build_info'
readme 'docker rm'
if docker inspect ollama-exporter >/dev/null 2>&1; then
  echo 'it is still there after docker rm' >&2
  exit 1
fi
