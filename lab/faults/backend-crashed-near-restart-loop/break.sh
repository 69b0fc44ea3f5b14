# A script that compares the host with what it should be finds a difference every three seconds, because two of its rules quarrel, and restarts the service each time: requests that are open then are cut off, and nothing has crashed.
visitors
checkout_settings APP_DELAY=1
cat >/usr/local/sbin/converge <<SH
#!/bin/sh
while :; do
  echo 'mode of app.env is 0644, should be 0640: corrected; notify: restart $SHOP_UNIT'
  systemctl restart $SHOP_UNIT
  sleep 3
done
SH
chmod +x /usr/local/sbin/converge
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n' >"/etc/systemd/system/$SHOP_UNIT.d/limit.conf"
systemctl daemon-reload
systemd-run -q --collect --unit=converge /usr/local/sbin/converge
shop_requests 60 0.15
