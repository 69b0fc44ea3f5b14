# keepalive and HTTP/1.1 were added, and a snippet of headers that all locations of this host include still says Connection close.
visitors
mkdir -p /etc/nginx/snippets
printf 'proxy_set_header X-Real-IP $remote_addr;\nproxy_set_header X-Forwarded-Proto $scheme;\nproxy_set_header Connection close;\n' >/etc/nginx/snippets/backend-headers.conf
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 20;\n\1keepalive_timeout 30s;|"
shop_directive 'proxy_http_version 1.1;' 'include snippets/backend-headers.conf;'
reload_nginx
shop_requests 30
