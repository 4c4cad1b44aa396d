#!/usr/bin/env bash
# enter.sh ROOT USER GROUP [NAME=VALUE...] -- COMMAND...: runs a command as a container engine does with
# --read-only, --cap-drop ALL and no-new-privileges. To be started as root, as the first process of
# new mount and process namespaces. Its first line on stderr is the process id that the host sees.
set -euo pipefail
root=$1 user=$2 group=$3
shift 3

# /proc is still the host's.
read -r pid _ </proc/self/stat
echo "pid $pid" >&2

mount --bind "$root" "$root"
mount --types proc --options nosuid,nodev,noexec proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --options remount,bind,ro "$root/proc/sys"
mount --types tmpfs --options nosuid,noexec,mode=755,size=64k tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount --options remount,bind,ro,nosuid "$root"

exec bash "$(dirname "$0")/confine.sh" "$root" "$user" "$group" "$@"
