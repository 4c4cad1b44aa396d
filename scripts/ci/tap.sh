#!/usr/bin/env bash
# tap.sh: commits dist/ollama-exporter.rb to the Homebrew tap. Without HOMEBREW_TAP_TOKEN it says so and
# does nothing, so that a fork can release. TAP_REMOTE is another place of the tap.
set -euo pipefail
cd "$(dirname "$0")/../.."

# done_with PUSHED: tells the next job whether the tap has this release.
done_with() {
  echo "pushed=$1" >>"${GITHUB_OUTPUT:-/dev/null}"
  exit 0
}

name=$(bash scripts/ci/with-bun.sh bun scripts/ci/project.ts name)
version=$(bash scripts/ci/with-bun.sh bun scripts/ci/project.ts version)
tap=$(bash scripts/ci/with-bun.sh bun scripts/ci/project.ts tap)
if [[ $version == *-* ]]; then
  echo "$version is no release for everyone: $tap keeps its formula"
  done_with false
fi
if [ -z "${HOMEBREW_TAP_TOKEN:-}" ]; then
  echo "no HOMEBREW_TAP_TOKEN: the formula is not pushed to $tap"
  done_with false
fi

# By the environment, which no list of processes shows.
credentials=$(printf 'x-access-token:%s' "$HOMEBREW_TAP_TOKEN" | base64 | tr -d '\n')
export GIT_TERMINAL_PROMPT=0 GIT_CONFIG_COUNT=1
export GIT_CONFIG_KEY_0=http.https://github.com/.extraheader
export GIT_CONFIG_VALUE_0="Authorization: Basic $credentials"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet --depth 1 "${TAP_REMOTE:-https://github.com/$tap.git}" "$work"
mkdir -p "$work/Formula"
cp "dist/$name.rb" "$work/Formula/$name.rb"
cd "$work"
git add --all
if git diff --cached --quiet; then
  echo "$tap has the formula of $version already"
  done_with true
fi
git -c user.name='github-actions[bot]' \
  -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
  commit --quiet --message "$name $version"
git push --quiet origin HEAD
echo "pushed the formula of $version to $tap"
done_with true
