sed -i 's|add_heder|add_header|' /etc/nginx/snippets/docs-headers.conf
reload_nginx
