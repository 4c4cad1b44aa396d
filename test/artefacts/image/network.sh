#!/usr/bin/env bash
# network.sh IPV6 ADDRESS...: a network of its own, in which nothing but these addresses can be reached;
# without IPv6 if IPV6 is `off`, as some engines make them. To be started as root, in a new network
# namespace, which lasts until stdin ends. Says its process id when it is ready.
set -euo pipefail
ipv6=$1
shift

ip link set lo up
if [ "$ipv6" = off ] && [ -e /proc/sys/net/ipv6 ]; then
  echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
fi
for address in "$@"; do ip address add "$address/32" dev lo; done
echo "$$"
exec cat
