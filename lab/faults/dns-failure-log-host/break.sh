# Access logs go to a log host by name; the host was taken out of service with its name, and nginx was restarted.
visitors
echo "127.0.0.1 logs.internal" >>/etc/hosts
http_directive 'access_log syslog:server=logs.internal:5514,tag=web combined;'
reload_nginx
shop_requests 3 >/dev/null
sed -i '/logs.internal/d' /etc/hosts
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
