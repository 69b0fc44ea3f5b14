# nginx runs as an ordinary user; the right to port 80 was on its program file, and an upgrade put another file in its place.
visitors
systemctl stop nginx.service
install -d -o www-data -g www-data /run/nginx-www
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx-www/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with User=www-data PIDFile=/run/nginx-www/nginx.pid
setcap cap_net_bind_service=ep /usr/sbin/nginx
systemctl start nginx.service
wait_until 10 accepts 127.0.0.1:80
cp /usr/sbin/nginx /usr/sbin/nginx.new
mv /usr/sbin/nginx.new /usr/sbin/nginx
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
