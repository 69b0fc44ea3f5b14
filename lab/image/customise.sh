# Runs inside the new root, by chroot, once per image. Standard input is not used; no argument.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
# No service may start while packages are configured: there is no init in a chroot.
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d
apt-get update -q
apt-get install -q -y --no-install-recommends "$@"
rm -f /usr/sbin/policy-rc.d
apt-get clean
rm -rf /var/lib/apt/lists/*

# debootstrap copies these three from the machine that builds.
rm -f /etc/hostname /etc/hosts
: > /etc/resolv.conf
rm -f /etc/nginx/sites-enabled/default /etc/ssh/ssh_host_*
# The package made the logs for www-data:adm with 0640; nginx itself would make new ones readable by everybody.
truncate -s 0 /var/log/nginx/access.log /var/log/nginx/error.log
useradd --create-home --shell /bin/bash medic
useradd --create-home --shell /bin/bash plain
# adm and systemd-journal are what an operator would grant first: they read logs without root.
usermod --append --groups adm,systemd-journal medic
passwd --quiet --delete root
passwd --quiet --lock root
usermod --password '*' root
usermod --password '*' medic
usermod --password '*' plain
systemctl enable ssh
# What a host runs is a matter of its layout, which starts it; modules of nginx are there to be switched on.
systemctl disable nginx php8.2-fpm apache2 redis-server
systemctl disable apache-htcacheclean.service 2>/dev/null || true
rm -f /etc/nginx/modules-enabled/* /etc/apache2/sites-enabled/*
# A lab host is alone: no clock to set, no disk to trim, nothing to fetch.
systemctl disable apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer man-db.timer 2>/dev/null || true
systemctl mask systemd-networkd.service systemd-resolved.service systemd-timesyncd.service 2>/dev/null || true
