#!/usr/bin/env bash
# scripts/ci/image-smoke.sh IMAGE [ADDRESS]: runs the image read-only and without any privilege, and
# tries it as a user would. A simulated Ollama listens at ADDRESS of this machine, by default at all,
# because containers do not come from loopback.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ $# -ne 1 ] && [ $# -ne 2 ]; then
  echo 'usage: scripts/ci/image-smoke.sh IMAGE [ADDRESS]' >&2
  exit 2
fi
image=$1
address=${2:-0.0.0.0}
work=$(mktemp -d)
containers=()
ollama=

end() {
  local code=$?
  for container in ${containers[@]+"${containers[@]}"}; do
    if [ "$code" -ne 0 ]; then
      echo "the log of $container:" >&2
      docker logs "$container" >&2 || true
      docker inspect --format '{{json .State}}' "$container" >&2 || true
    fi
    docker rm --force "$container" >/dev/null || true
  done
  [ -z "$ollama" ] || kill "$ollama" || true
  rm -rf "$work"
}
trap end EXIT

# check NAME COMMAND...: one line for each check; ends everything at the first that fails.
check() {
  if "${@:2}"; then
    echo "ok      $1"
  else
    echo "FAILED  $1" >&2
    exit 1
  fi
}

# within SECONDS COMMAND...: tries until it succeeds.
within() {
  local last=$(($(date +%s) + $1))
  until "${@:2}"; do
    [ "$(date +%s)" -lt "$last" ] || return 1
    sleep 0.2
  done
}

# start ARGUMENT...: as the README has it, with everything taken away that it does not need.
start() {
  container=$(docker run --detach --read-only --cap-drop ALL --security-opt no-new-privileges \
    --add-host host.docker.internal:host-gateway --publish 127.0.0.1::8000 \
    --health-interval 1s "$image" "$@")
  containers+=("$container")
}

state() { docker inspect --format "{{.State.$1}}" "$container"; }
is() { [ "$1" = "$2" ] || { echo "expected: $2, found: $1" >&2 && return 1; }; }
is_healthy() { [ "$(state Health.Status)" = healthy ]; }
# get FILE OPTION...
get() { curl --fail --silent --show-error --max-time 30 --noproxy '*' --output "$@"; }
# Into a file first: grep would close the pipe while docker still writes.
says() { docker logs "$container" >"$work/log" 2>&1 && grep -qF "$1" "$work/log"; }

exec {said}< <(exec bun scripts/ci/image-ollama.ts "$address")
ollama=$!
read -r -t 30 port <&"$said"

start --upstream "http://host.docker.internal:$port"
user=$(docker inspect --format '{{.Config.User}}' "$container")
check 'it is not run by root' is "$user" 65532:65532
check 'it becomes healthy' within 60 is_healthy
check 'it finds the Ollama that it was told' within 10 says 'INFO  Ollama '
url=http://$(docker port "$container" 8000/tcp)

body='{"model":"llama3.2","messages":[{"role":"user","content":"Hello"}]}'
check 'a chat gets its answer' get "$work/chat" --data "$body" "$url/api/chat"
check 'the answer is whole' grep -q '"done":true' "$work/chat"
check 'it shows its metrics' get "$work/metrics" "$url/metrics"
tokens=$(sed -n 's/.*"eval_count":\([0-9]*\).*/\1/p' "$work/chat")
check 'it has counted the chat' \
  grep -qxF 'ollama_requests_total{model="llama3.2:latest"} 1' "$work/metrics"
check "it has counted the chat's $tokens tokens" \
  grep -qxF "ollama_tokens_generated_total{model=\"llama3.2:latest\"} $tokens" "$work/metrics"
label='{{index .Config.Labels "org.opencontainers.image.version"}}'
version=$(docker inspect --format "$label" "$container")
check 'it is the version of its label' grep -qF "build_info{version=\"$version\"," "$work/metrics"
check 'the health check can be called by hand' docker exec "$container" ollama-exporter healthcheck
docker stop "$container" >/dev/null
check 'docker stop ends it with 0' is "$(state ExitCode)" 0

start
check 'without an upstream it names those that a container can have (1)' \
  within 30 says 'http://ollama:11434'
check 'without an upstream it names those that a container can have (2)' \
  says 'http://host.docker.internal:11434'
