# The office got another address and was added to the list of those who may see the staff's pages; nginx was not reloaded, and still says 403 to it.
visitors
mkdir -p /etc/nginx/snippets
printf 'allow 203.0.113.0/24;\ndeny all;\n' >/etc/nginx/snippets/office.conf
shop_server_directive 'include snippets/office.conf;'
reload_nginx
sleep 1.2
printf 'allow 203.0.113.0/24;\nallow 127.0.0.1;\ndeny all;\n' >/etc/nginx/snippets/office.conf
shop_requests 30
