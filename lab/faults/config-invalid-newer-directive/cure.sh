sed -i '/^http2 on;/d' /etc/nginx/snippets/modern-tls.conf
reload_nginx
https_site_gone
