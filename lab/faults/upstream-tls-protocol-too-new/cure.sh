sed -i 's|TLSv1.3|TLSv1.2 TLSv1.3|' /etc/nginx/snippets/hardening.conf
reload_nginx
