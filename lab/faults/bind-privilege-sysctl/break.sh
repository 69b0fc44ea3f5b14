# nginx runs as an ordinary user; that it may have port 80 was a setting of the kernel, made by hand (ip_unprivileged_port_start) and lost at the boot.
visitors
systemctl stop nginx.service
install -d -o www-data -g www-data /run/nginx-www
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx-www/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with User=www-data PIDFile=/run/nginx-www/nginx.pid
sysctl -qw net.ipv4.ip_unprivileged_port_start=80
systemctl start nginx.service
wait_until 10 accepts 127.0.0.1:80
sysctl -qw net.ipv4.ip_unprivileged_port_start=1024
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
