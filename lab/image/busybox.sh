# Runs inside a copy of the usual root, by chroot, once per image. Adds BusyBox beside the GNU tools; a fault puts it in their place.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
apt-get update -q
apt-get install -q -y --no-install-recommends "$@"
: > /etc/resolv.conf
apt-get clean
rm -rf /var/lib/apt/lists/*
