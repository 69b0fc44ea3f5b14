# A small system: BusyBox for all tools, no ss, no systemd. nginx was stopped.
visitors
systemctl stop nginx.service
requests "$WWW_SITE" / 10
mv "$(command -v ss)" /root/ss.away
systemd_away
busybox_tools
