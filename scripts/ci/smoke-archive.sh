#!/usr/bin/env bash
# smoke-archive.sh TARGET: tries the program in an archive of dist/, as if it had been downloaded.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1

if [[ $target == *-musl && ! -e /etc/alpine-release ]]; then
  exec bash scripts/ci/alpine.sh bash scripts/ci/smoke-archive.sh "$target"
fi
# Relative, so that no program of Windows has to understand a path of its shell.
folder=dist/unpacked/$target
rm -rf "$folder"
mkdir -p "$folder"
case $target in
  windows_*)
    archive=$(bash scripts/ci/verified.sh "_$target.zip")
    unzip -q "$archive" -d "$folder"
    program=$folder/ollama-exporter.exe
    ;;
  *)
    archive=$(bash scripts/ci/verified.sh "_$target.tar.gz")
    tar -xzf "$archive" -C "$folder"
    program=$folder/ollama-exporter
    ;;
esac
bash scripts/ci/with-bun.sh bun scripts/smoke.ts "$program"
