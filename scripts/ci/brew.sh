#!/usr/bin/env bash
# brew.sh: the README's words about Homebrew with the release that is out, then upgrade and uninstall.
# Unless TAP_PUSHED is true, the tap is one on this machine, with dist/ollama-exporter.rb.
set -euo pipefail
cd "$(dirname "$0")/../.."

project() { bash scripts/ci/with-bun.sh bun scripts/ci/project.ts "$1"; }

# readme START: runs the README's command that begins so.
readme() {
  local words
  words=$(bash scripts/ci/readme-words.sh "$1")
  echo "+ $words"
  bash -c "$words"
}

name=$(project name)
version=$(project version)
tap=$(project brewTap)
page=http://127.0.0.1:8000/metrics

# A user's Homebrew has neither the runner's settings nor its taps, and asks before it trusts one.
for variable in $(compgen -e | grep '^HOMEBREW_' || true); do unset "$variable"; done
export HOMEBREW_REQUIRE_TAP_TRUST=1
brew update
for other in $(brew tap); do brew untap --force "$other"; done
if [ "${TAP_PUSHED:-}" != true ]; then
  here=$(mktemp -d)
  mkdir "$here/Formula"
  cp "dist/$name.rb" "$here/Formula/"
  git -C "$here" init --quiet
  git -C "$here" add --all
  git -C "$here" -c user.name=ci -c user.email=ci@localhost commit --quiet --message "$name $version"
  brew tap "$tap" "$here"
  brew trust --formula "$tap/$name"
fi
trap 'cat "$(brew --prefix)/var/log/$name.log" || true' ERR

readme 'brew install'
"$name" --version | grep -F "$version"
brew test "$tap/$name"

# There is no later version yet. The same one with a revision is later, too.
formula=$(brew --repository "$tap")/Formula/$name.rb
awk '{ print } /^  license / { print "  revision 1" }' "$formula" >"$formula.later"
mv "$formula.later" "$formula"
HOMEBREW_NO_AUTO_UPDATE=1 brew upgrade "$tap/$name"
brew list --versions "$name" | grep -F "${version}_1"

# Once for this user's logons and once for every boot.
for by in '' 'sudo '; do
  readme "${by}brew services start"
  curl --silent --show-error --fail --retry 20 --retry-delay 1 --retry-connrefused "$page" |
    grep -F "ollama_exporter_build_info{version=\"$version\""
  readme "${by}brew services stop"
  if curl --silent --output /dev/null "$page"; then
    echo "it still answers after ${by}brew services stop" >&2
    exit 1
  fi
done
readme 'brew uninstall'
readme "rm \"\$(brew --prefix)"
if brew list "$name" 2>/dev/null; then
  echo 'it is still there after brew uninstall' >&2
  exit 1
fi
