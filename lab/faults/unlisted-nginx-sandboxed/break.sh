# A hardened unit of nginx may not call connect() any more: its listeners are there, its workers reach nobody.
visitors
mkdir -p /etc/systemd/system/nginx.service.d
printf "[Service]\nSystemCallFilter=~connect\nSystemCallErrorNumber=EPERM\n" >/etc/systemd/system/nginx.service.d/hardening.conf
systemctl daemon-reload
systemctl restart nginx.service
shop_requests 25
