# The pid file is named on the command line of the unit, not in the configuration, and its folder was never made.
visitors
keep /etc/nginx/nginx.conf
sed -i '/^pid /d' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/run/web/nginx.pid ExecStart= "ExecStart=/usr/sbin/nginx -g 'daemon on; master_process on; pid /run/web/nginx.pid;'"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
