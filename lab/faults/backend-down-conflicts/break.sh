# The nightly export may not run beside the application (Conflicts=): systemd stopped the one for the other, and nobody started it again.
visitors
cat >/etc/systemd/system/nightly-export.service <<UNIT
[Unit]
Description=Nightly export
Conflicts=$SHOP_UNIT
After=$SHOP_UNIT

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'sleep 1; date >/var/tmp/export.txt'
UNIT
systemctl daemon-reload
systemctl start nightly-export.service
shop_requests 30
