#!/usr/bin/env bash
# musl-contract.sh: the black-box contract of the musl program, in Alpine.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash scripts/ci/compile.sh
bash scripts/ci/alpine.sh \
  bash scripts/ci/contract.sh dist/programs/linux_x64-musl/ollama-exporter
