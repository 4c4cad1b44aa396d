#!/usr/bin/env bash
# booted-systemd.sh WORK: a systemd of its own on a copy of this machine, for as long as standard input
# is open. Says the process id of that systemd once it is up. Run by root below `unshare --mount`.
#
# The copy is an overlay in memory with its own devices, processes and control groups; it shares the
# network, but may not change it. Of the machine's units only the targets are there.
set -euo pipefail

work=$1
root=$work/root
group=$work/cgroup/$(basename "$work")

mount -t tmpfs -o mode=755 tmpfs "$work"
mkdir "$work"/{root,upper,overlay,cgroup}
mount -t cgroup2 cgroup2 "$work/cgroup"
mkdir "$group"
mount -t overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/overlay" overlay "$root"

units=$root/usr/lib/systemd/system
find "$units" -mindepth 1 -maxdepth 1 ! -name '*.target' -exec rm -rf {} +
rm -rf "$root"/etc/systemd/system/* "$root"/usr/lib/systemd/system-generators/*
# Some images forbid packages to start services.
rm -f "$root/usr/sbin/policy-rc.d"
# Without one it would enable whatever is installed.
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
# By which the tests know that they are here before they install anything.
echo "$work" >"$root/etc/copy-of-a-machine"

mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkfifo "$root/run/booted"
cat >"$units/booted.service" <<'unit'
[Unit]
After=sysinit.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo booted >/run/booted'
unit

mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null:3 zero:5 full:7 random:8 urandom:9; do
  mknod -m 666 "$root/dev/${device%:*}" c 1 "${device#*:}"
done
mknod -m 666 "$root/dev/tty" c 5 0
mkdir "$root"/dev/{pts,shm}
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"

boot() {
  mount -t proc proc "$root/proc"
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -o remount,bind,ro "$root/proc/sys"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  cd "$root"
  pivot_root . mnt
  umount -l /mnt
  exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /usr/lib/systemd/systemd --unit=booted.service --show-status=no --log-target=null
}
export -f boot
export root

enter() {
  echo "$BASHPID" >"$group/cgroup.procs"
  exec setpriv --bounding-set=-net_admin,-sys_module,-sys_rawio,-sys_time \
    unshare --mount --pid --fork --uts --ipc --cgroup bash -euc boot
}
# Open both ways, so that nobody waits for the other end.
exec 3<>"$root/run/booted"
{ (enter) || echo "cannot boot" >&3; } &
read -r -t 60 state <&3 || state="boot takes too long"
if [ "$state" = booted ]; then
  init=$(head -n 1 "$group/init.scope/cgroup.procs")
  echo "$init"
  cat >/dev/null
  # With it ends all that it has started, and only then does `wait` return.
  kill -KILL "$init"
else
  echo "$state" >&2
  echo 1 >"$group/cgroup.kill"
fi
wait
find "$group" -depth -type d -exec rmdir {} +
[ "$state" = booted ]
