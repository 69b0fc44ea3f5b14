# A small system: BusyBox for all tools, no ss, no systemd. Nothing is wrong.
visitors
shop_requests 20
mv "$(command -v ss)" /root/ss.away
systemd_away
busybox_tools
