# The folder of the pid file is the RuntimeDirectory= of another unit; when that one was stopped, systemd removed the folder under nginx.
visitors
cat >/etc/systemd/system/web-metrics.service <<'UNIT'
[Unit]
Description=Counts what nginx serves

[Service]
RuntimeDirectory=web
ExecStart=/bin/sleep infinity
UNIT
systemctl daemon-reload
systemctl start web-metrics.service
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/web/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/run/web/nginx.pid
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
systemctl stop web-metrics.service
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
