# A snippet with limits for all sites was included into the shop's server block, and it allows less than its customers send.
visitors
mkdir -p /etc/nginx/snippets
printf 'client_header_timeout 20s;\nclient_max_body_size 128k;\nsend_timeout 20s;\n' >/etc/nginx/snippets/request-limits.conf
shop_server_directive 'include snippets/request-limits.conf;'
reload_nginx
head -c 700000 /dev/zero >/tmp/upload
shop_requests 25 0.1 -X PUT --data-binary @/tmp/upload
