rm -rf /etc/nginx/modules-enabled/99-limits.conf
reload_nginx
