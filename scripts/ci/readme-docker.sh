#!/usr/bin/env bash
# readme-docker.sh: the README's words about Docker, with the image that is out.
set -euo pipefail
cd "$(dirname "$0")/../.."

words=$(bash scripts/ci/readme-words.sh 'docker run')
echo "+ $words"
bash -c "$words"
trap 'docker logs ollama-exporter; docker rm --force ollama-exporter' EXIT
curl --silent --show-error --fail --retry 20 --retry-delay 1 --retry-all-errors \
  http://127.0.0.1:8000/metrics | grep '^ollama_exporter_build_info'
