# A check runs nginx -t as www-data every now and then: it may not write the pid file and fails, as it always did. nginx itself is well.
visitors
cat >/etc/systemd/system/nginx-check.service <<'UNIT'
[Unit]
Description=Looks whether the configuration of nginx is right

[Service]
Type=oneshot
User=www-data
ExecStart=/usr/sbin/nginx -t
UNIT
systemctl daemon-reload
for i in 1 2 3; do systemctl start nginx-check.service || true; done
shop_requests 10
requests "$WWW_SITE" / 10
