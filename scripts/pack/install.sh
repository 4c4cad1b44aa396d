#!/bin/sh
# Installs ollama-exporter @VERSION@ on Linux or macOS, for this user alone:
#
#   curl -fsSL @INSTALLER@ | sh
#
# `--help` tells the rest. Its last line is one command and all else is functions, so that a download
# of it that was cut runs nothing.

PROGRAM=ollama-exporter
VERSION='@VERSION@'
RELEASE='@DOWNLOAD@'
PROJECT='@HOME@'
INSTALLER='@INSTALLER@'

usage() {
  cat <<EOF
Installs $PROGRAM $VERSION on Linux or macOS.

  curl -fsSL $INSTALLER | sh
  curl -fsSL $INSTALLER | sudo sh -s -- --dir /usr/local/bin

Options:
  --dir DIR     where the program goes; without it \$HOME/.local/bin
  --uninstall   remove the program from there
  --help        show this

Environment:
  OLLAMA_EXPORTER_INSTALL_DIR    as --dir, which is stronger
  OLLAMA_EXPORTER_DOWNLOAD_URL   where the files of the release are, if not at
                                 $RELEASE
EOF
}

say() { printf '%s\n' "$@"; }

# fail MESSAGE [REMEDY...]
fail() {
  printf 'install.sh: %s\n' "$1" >&2
  shift
  for line in "$@" 'Nothing was installed or removed.'; do
    [ -z "$line" ] || printf '%s\n' "$line" >&2
  done
  exit 1
}

# wrong_usage MESSAGE
wrong_usage() {
  printf 'install.sh: %s; see --help\n' "$1" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# interruptible COMMAND...: a signal ends it at once; in the foreground a shell would wait for it.
interruptible() {
  "$@" &
  job=$!
  ended=0
  wait "$job" || ended=$?
  job=
  return "$ended"
}

# Runs on every way out.
clean_up() {
  trap '' HUP INT PIPE TERM
  [ -z "$job" ] || kill "$job" 2>/dev/null || :
  [ -z "$staged" ] || rm -f "$staged"
  [ -z "$tmp" ] || rm -rf "$tmp"
}

# first_words, last_words: of the command that failed. curl adds advice after its one line.
first_words() { head -n 3 "$tmp/log"; }
last_words() {
  { grep '^curl: ' "$tmp/log" || sed '/^[[:space:]]*$/d' "$tmp/log"; } | tail -n 1
}

# quoted WORD: as it can be typed into a shell.
quoted() {
  case $1 in
    *[!A-Za-z0-9/._+@%:,=-]*) printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Sets dir and target.
find_directory() {
  if [ -z "$dir" ]; then
    [ -n "${HOME:-}" ] || fail 'HOME is not set: say with --dir DIR where the program goes'
    dir=$HOME/.local/bin
  fi
  case $dir in
    /*) ;;
    *) dir=$(pwd)/$dir ;;
  esac
  [ "$dir" = / ] || dir=${dir%/}
  target=${dir%/}/$PROGRAM
  [ ! -d "$target" ] || fail "$target is a directory"
}

# cannot_write: how to get on where we may not write.
cannot_write() {
  fail "cannot write to $dir" \
    "Choose another directory with --dir DIR, or run this as a user who may write there."
}

# The nearest directory that exists decides; none is made before the download is verified.
check_directory() {
  nearest=$dir
  while [ ! -e "$nearest" ]; do
    nearest=${nearest%/*}
    [ -n "$nearest" ] || nearest=/
  done
  { [ -d "$nearest" ] && [ -w "$nearest" ] && [ -x "$nearest" ]; } || cannot_write
}

# glibc's ldd is asked before musl's loader is looked for: both can be on one machine.
is_musl() {
  case $(LC_ALL=C ldd --version 2>&1) in
    *musl*) return 0 ;;
    *'Free Software Foundation'*) return 1 ;;
  esac
  for loader in /lib/ld-musl-*.so.1; do
    [ ! -e "$loader" ] || return 0
  done
  return 1
}

# Sets platform, as archives are called.
find_platform() {
  system=$(uname -s)
  machine=$(uname -m)
  case $system in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    MINGW* | MSYS* | CYGWIN* | Windows*)
      fail "this script does not install on Windows ($system)" \
        "Use Scoop, or unpack the zip: $PROJECT#install"
      ;;
    *) fail "there is no program for $system" "What there is: $PROJECT#install" ;;
  esac
  case $machine in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail "there is no program for the processor $machine, only for x86_64 and arm64" ;;
  esac
  variant=
  if [ "$os" = darwin ]; then
    # A shell under Rosetta is told that the processor is Intel's.
    [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" != 1 ] || arch=arm64
  elif [ "$(getconf LONG_BIT 2>/dev/null)" = 32 ]; then
    fail "there is no program for a 32-bit system on the processor $machine"
  elif is_musl; then
    variant=-musl
  elif [ "$arch" = x64 ]; then
    # It runs without AVX2 too. Since Bun 1.4.5 the plain program is the same, byte for byte.
    variant=-baseline
  fi
  platform=${os}_$arch$variant
}

# Sets base, and the protocols that curl may use.
find_release() {
  base=${OLLAMA_EXPORTER_DOWNLOAD_URL:-$RELEASE}
  base=${base%/}
  protocols='=https'
  case $base in
    https://* | file:///*) return ;;
    http://*)
      host=${base#*://}
      case ${host%%/*} in
        *@*) ;;
        127.0.0.1 | 127.0.0.1:* | localhost | localhost:* | '[::1]' | '[::1]':*)
          protocols='=http'
          return
          ;;
      esac
      ;;
  esac
  fail "OLLAMA_EXPORTER_DOWNLOAD_URL must begin with https:// or file:///: $base"
}

# Sets downloader and how often it is tried.
find_downloader() {
  attempts=3
  case $base in
    file:*)
      downloader='cat'
      attempts=1
      return
      ;;
  esac
  for downloader in curl wget; do
    ! has "$downloader" || return 0
  done
  fail 'curl or wget is needed to download'
}

check_tools() {
  has sha256sum || has shasum || has openssl ||
    fail 'sha256sum, shasum or openssl is needed to verify the download'
  { has tar && has gzip; } || fail 'tar and gzip are needed to unpack'
}

# fetch URL FILE: what is said meanwhile matters only if it fails.
fetch() {
  rm -f "$2"
  case $downloader in
    cat) interruptible cat "${1#file://}" >"$2" ;;
    curl)
      interruptible curl --fail --silent --show-error --location \
        --proto "$protocols" --proto-redir "$protocols" \
        --connect-timeout 30 --speed-limit 1 --speed-time 60 "$1" >"$2"
      ;;
    # Options that GNU's, Wget2 and BusyBox's all take: Debian's BusyBox dies of -T. Wget2 leaves
    # locks where temporary files go.
    wget) interruptible env LC_ALL=C TMPDIR="$tmp" wget -t 1 -O "$2" "$1" ;;
  esac || return
  # Wget2 1.99 ends well without a file when it is refused one.
  [ -s "$2" ]
}

# http_status: of the answer that the last fetch was refused with, as each downloader shows it.
http_status() {
  sed -n \
    -e 's/.*returned error: \([0-9][0-9][0-9]\).*/\1/p' \
    -e 's/.*returned error: HTTP[^ ]* \([0-9][0-9][0-9]\).*/\1/p' \
    -e 's/.*ERROR \([0-9][0-9][0-9]\).*/\1/p' \
    -e 's/.*ERROR response \([0-9][0-9][0-9]\).*/\1/p' "$tmp/log" | tail -n 1
}

# download FILE: of the release, into tmp.
download() {
  attempt=1
  until fetch "$base/$1" "$tmp/$1" >"$tmp/log" 2>&1; do
    status=$(http_status)
    case $status in
      404) fail "$base/$1 does not exist (HTTP 404)" "Is release $VERSION complete?" ;;
      408 | 429) ;;
      4??) fail "$base/$1 was refused (HTTP $status)" ;;
    esac
    if [ "$attempt" -ge "$attempts" ]; then
      words=$(last_words)
      [ -s "$tmp/$1" ] || fail "cannot download $base/$1" "$words"
      # On a full disk there was no room for words either.
      fail "the download of $base/$1 was cut after $(wc -c <"$tmp/$1" | tr -d ' ') bytes" \
        "${words:-Is there room in ${tmp%/*}?}" 'Please try again.'
    fi
    sleep "$attempt"
    attempt=$((attempt + 1))
  done
  # As BusyBox's wget says where it has no library for TLS.
  ! grep -q 'certificate validation not implemented' "$tmp/log" ||
    fail 'this wget does not verify whom it talks to' 'Install curl first.'
}

# listed_checksum FILE: as checksums.txt has it; nothing if it has not.
listed_checksum() {
  while read -r sum name; do
    if [ "$name" = "$1" ]; then
      printf '%s\n' "$sum"
      return
    fi
  done <"$tmp/checksums.txt"
}

# sha256 FILE
sha256() {
  if has sha256sum; then
    sha256sum <"$1"
  elif has shasum; then
    shasum -a 256 <"$1"
  else
    openssl dgst -sha256 -r <"$1"
  fi | sed 's/[^0-9a-f].*//'
}

# verify FILE CHECKSUM
verify() {
  found=$(sha256 "$tmp/$1")
  [ "$found" = "$2" ] || fail "$1 is not the file that was released" \
    "expected SHA-256 $2" \
    "found SHA-256    $found" \
    "It came from $base; please try again, and tell us if it stays so: $PROJECT/issues"
}

# unpack ARCHIVE: its program to a temporary name beside its final one; sets staged.
unpack() {
  { mkdir -p "$dir" && staged=$(mktemp "${dir%/}/.$PROGRAM.XXXXXX"); } 2>/dev/null || cannot_write
  interruptible tar -xzOf "$tmp/$1" "$PROGRAM" >"$staged" 2>"$tmp/log" ||
    fail "cannot unpack $1 to $dir" "$(first_words)"
  chmod 755 "$staged"
}

# Sets release to what the program says it is.
try_program() {
  ended=0
  interruptible "$staged" --version </dev/null >"$tmp/version" 2>"$tmp/log" || ended=$?
  release=$(cat "$tmp/version")
  [ "$ended" -ne 0 ] || return 0
  words=$(first_words)
  case $platform:$words in
    *musl:*libstdc++* | *musl:*libgcc_s*) remedy='Install what it needs first: apk add libstdc++' ;;
    *'ermission denied'*) remedy="Can programs be run from $dir? Choose another with --dir DIR." ;;
    *) remedy="Please tell us: $PROJECT/issues" ;;
  esac
  fail "$PROGRAM for $platform does not start on this machine (exit status $ended)" "$words" "$remedy"
}

tell_next() {
  say "Installed $release: $target"
  command=$(quoted "$target")
  case :${PATH:-}: in
    *:"$dir":* | *:"$dir"/:*)
      first=$(command -v "$PROGRAM" || :)
      case $first in
        "$dir/$PROGRAM" | "$dir//$PROGRAM") command=$PROGRAM ;;
        *) say "Another one comes first on the PATH: $first" ;;
      esac
      ;;
    *)
      say 'Its directory is not on the PATH. To change that, add to the file your shell starts with:' \
        "  export PATH=$(quoted "$dir"):\"\$PATH\""
      ;;
  esac
  say 'Next:' "  $command --upstream http://127.0.0.1:11434"
}

install_program() {
  find_platform
  find_release
  find_downloader
  check_tools
  check_directory
  tmp=$(mktemp -d "${TMPDIR:-/tmp}/$PROGRAM.XXXXXX") ||
    fail "cannot make a temporary directory in ${TMPDIR:-/tmp}"
  archive=${PROGRAM}_${VERSION}_$platform.tar.gz
  say "Downloading $base/$archive"
  download checksums.txt
  expected=$(listed_checksum "$archive")
  [ -n "$expected" ] || fail "$base/checksums.txt does not list $archive" "Is release $VERSION complete?"
  download "$archive"
  verify "$archive" "$expected"
  unpack "$archive"
  try_program
  mv -f "$staged" "$target" || cannot_write
  staged=
  tell_next
}

uninstall_program() {
  [ -e "$target" ] || [ -h "$target" ] || fail "there is no $target"
  rm -f "$target" 2>/dev/null || cannot_write
  say "Removed $target"
}

main() {
  set -eu
  job='' staged='' tmp=''
  dir=${OLLAMA_EXPORTER_INSTALL_DIR:-}
  work=install_program
  while [ $# -gt 0 ]; do
    case $1 in
      --dir)
        case ${2:-} in
          '' | -*) wrong_usage '--dir needs a directory' ;;
        esac
        dir=$2
        shift
        ;;
      --dir=?*) dir=${1#--dir=} ;;
      --uninstall) work=uninstall_program ;;
      --help | -h)
        usage
        exit
        ;;
      *) wrong_usage "unknown option: $1" ;;
    esac
    shift
  done
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 141' PIPE
  trap 'exit 143' TERM
  find_directory
  "$work"
}

{ main "$@"; }
