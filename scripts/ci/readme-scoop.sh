#!/usr/bin/env bash
# readme-scoop.sh: the README's words about Windows, with the release that is out, on a clean Scoop.
set -euo pipefail
cd "$(dirname "$0")/../.."

powershell() { pwsh -NoProfile -Command "$1"; }

# readme START: runs the README's command that begins so, and says yes where it asks.
readme() {
  local words
  words=$(bash scripts/ci/readme-words.sh "$1")
  echo "+ $words"
  powershell "\$ConfirmPreference = 'None'; $words"
}

answers() {
  curl --silent --fail http://127.0.0.1:8000/metrics | grep '^ollama_exporter_build_info'
}

# until_it COMMAND...: waits for it, for 20 s at most.
until_it() {
  for _ in $(seq 20); do
    if "$@"; then return; fi
    sleep 1
  done
  echo "it does not: $*" >&2
  return 1
}

is_silent() { ! answers; }

# PowerShell expands it. A runner is its machine's administrator, which Scoop wants to be told.
# shellcheck disable=SC2016
powershell 'Invoke-Expression "& {$(Invoke-RestMethod https://get.scoop.sh)} -RunAsAdmin"'
export PATH="$HOME/scoop/shims:$PATH"
version=$(node -p 'require("./package.json").version')

readme 'scoop install'
ollama-exporter --version | grep -F "$version"

# Windows marks what a browser has downloaded by a stream of that name.
work=$(mktemp -d)
cp "$HOME/scoop/apps/ollama-exporter/current/ollama-exporter.exe" "$work"
(
  words=$(bash scripts/ci/readme-words.sh 'Unblock-File')
  cd "$work"
  marked="Get-Item .\\ollama-exporter.exe -Stream Zone.Identifier -ErrorAction Stop"
  powershell "Set-Content .\\ollama-exporter.exe -Stream Zone.Identifier '[ZoneTransfer]', 'ZoneId=3'; $marked"
  echo "+ $words"
  powershell "$words"
  if powershell "$marked" 2>/dev/null; then
    echo 'it is still blocked' >&2
    exit 1
  fi
  ./ollama-exporter.exe --version | grep -F "$version"
)

trap 'powershell "Get-ScheduledTask ollama-exporter | Get-ScheduledTaskInfo" || true' ERR
readme 'Register-ScheduledTask'
readme 'Start-ScheduledTask'
until_it answers
readme 'Stop-ScheduledTask'
until_it is_silent
readme 'Unregister-ScheduledTask'
if powershell 'Get-ScheduledTask ollama-exporter -ErrorAction Stop' 2>/dev/null; then
  echo 'the task is still there' >&2
  exit 1
fi
readme 'scoop uninstall'
hash -r
if command -v ollama-exporter; then
  echo 'it is still there after scoop uninstall' >&2
  exit 1
fi
