#!/usr/bin/env bash
# musl-contract.sh TARGET: the black-box contract of a musl program, in Alpine on a machine for it.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash scripts/ci/compile.sh
bash scripts/ci/alpine.sh bash scripts/ci/contract.sh "dist/programs/$1/ollama-exporter"
