# A small system: BusyBox for all tools, no ss, no systemd. The backend of the shop was stopped.
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30
mv "$(command -v ss)" /root/ss.away
systemd_away
busybox_tools
