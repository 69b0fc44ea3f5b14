# The unit starts nginx as an ordinary user and gives it the capability; what is wrong is the port.
visitors
systemctl stop nginx.service
install -d -o www-data -g www-data /run/nginx-www
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx-www/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with User=www-data AmbientCapabilities=CAP_NET_BIND_SERVICE PIDFile=/run/nginx-www/nginx.pid
other_server legacy-web.service 0.0.0.0 80
systemctl start nginx.service || true
curl -s -o /dev/null -w '%{http_code}\n' "http://127.0.0.1/nothing-here"
