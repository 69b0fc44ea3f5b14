# A nightly job names the same RuntimeDirectory= as the application; when it ended, systemd removed the folder with the application's socket in it.
visitors
cat >/etc/systemd/system/nightly-report.service <<UNIT
[Unit]
Description=Nightly report

[Service]
Type=oneshot
User=$SHOP_USER
RuntimeDirectory=$SHOP_APP
ExecStart=/bin/sh -c 'date >/run/$SHOP_APP/report.tmp'
UNIT
systemctl daemon-reload
systemctl start nightly-report.service
wait_until 10 test ! -e "${SHOP_ADDRESS#unix:}"
shop_requests 30
