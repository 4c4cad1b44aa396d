#!/usr/bin/env bash
# Plays Docker for the scripts about the image. Each call is a line in $PLAY/calls. A container is the
# exporter from source, $EXPORTER, on a free port of this machine; it has a folder in $PLAY.
set -euo pipefail
printf '%s\n' "$*" >>"$PLAY/calls"

# run OPTION... IMAGE ARGUMENT...
run() {
  while [ "$1" != "$PLAYED_IMAGE" ]; do shift; done
  shift
  local container
  container=$(mktemp -d "$PLAY/container-XXXX")
  (
    # This machine is the container's host.
    code=0
    OLLAMA_EXPORTER_LISTEN=127.0.0.1:0 container=oci \
      $EXPORTER "${@//host.docker.internal/127.0.0.1}" >"$container/log" 2>&1 &
    echo "$!" >"$container/pid"
    wait "$!" || code=$?
    echo "$code" >"$container/code"
  ) >/dev/null 2>&1 &
  basename "$container"
}

address() { sed -nE 's/.* listens on ([0-9.:]+) .*/\1/p' "$PLAY/$1/log"; }

# ended CONTAINER SIGNAL
ended() {
  [ -e "$PLAY/$1/code" ] || kill "-$2" "$(cat "$PLAY/$1/pid")"
  until [ -e "$PLAY/$1/code" ]; do sleep 0.05; done
}

# inspect --format FORMAT CONTAINER
inspect() {
  case $2 in
    *Health.Status*) $EXPORTER healthcheck --listen "$(address "$3")" >/dev/null 2>&1 && echo healthy ;;
    *ExitCode*) cat "$PLAY/$3/code" ;;
    *Config.User*) echo 65532:65532 ;;
    *image.version*) echo "$PLAYED_VERSION" ;;
  esac
}

case $1 in
  buildx)
    case $2 in
      create) echo a-builder ;;
      build) [ -z "${PLAYED_FAILURE-}" ] ;;
    esac
    ;;
  run) run "${@:2}" ;;
  inspect) inspect "${@:2}" ;;
  port) address "$2" ;;
  logs) cat "$PLAY/$2/log" ;;
  exec) $EXPORTER "$4" --listen "$(address "$2")" ;;
  stop) ended "$2" TERM ;;
  rm) ended "$3" KILL ;;
  *) exit 64 ;;
esac
