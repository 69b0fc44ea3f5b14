sed -i '/proxy_ssl_server_name off;/d' /etc/nginx/snippets/proxy-tls.conf
reload_nginx
