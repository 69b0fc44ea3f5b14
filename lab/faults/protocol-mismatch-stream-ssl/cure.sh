sed -i '/proxy_ssl on;/d' /etc/nginx/nginx.conf
reload_nginx
