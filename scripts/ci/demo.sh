#!/usr/bin/env bash
# Runs the README's demo for a while as a user would, ends it with Ctrl-C, and looks at what it said.
set -euo pipefail
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# As from a terminal: the whole process group gets the signal.
set -m
npx --yes "bun@$1" run demo >"$said" 2>&1 &
demo=$!
trap 'kill -KILL -- -"$demo" 2>/dev/null || true; rm -f "$said"' EXIT
for _ in $(seq 120); do
  if grep -q ' generated tokens, ' "$said"; then break; fi
  sleep 0.5
done
kill -INT -- -"$demo"
ended=$(date +%s)
code=0
wait "$demo" || code=$?
cat "$said"
echo "ended with $code"
[ "$code" -eq 0 ] || [ "$code" -eq 130 ]
# npx may be gone before those it started, and not every container collects its dead.
running() { ps -e -o pgid= -o stat= | awk -v group="$demo" '$1 == group && $2 !~ /^Z/' | grep -q .; }
while running && [ $(($(date +%s) - ended)) -le 5 ]; do sleep 0.1; done
echo "took $(($(date +%s) - ended)) s"
[ $(($(date +%s) - ended)) -le 5 ]
grep -q 'SIMULATED' "$said"
# The first address that it says.
grep -m 1 -o 'http://[^ ]*' "$said" | grep -q '/-/$'
grep -Eq '[1-9][0-9]* generated tokens, ' "$said"
