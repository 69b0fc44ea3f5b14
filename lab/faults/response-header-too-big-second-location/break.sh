# The shop's own location got room for the big session cookie. The location that was added for the account pages takes its settings from an old snippet, with 2k.
visitors
checkout_says "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: session=$(printf 's%.0s' {1..6500}); HttpOnly; SameSite=Lax\r\nContent-Length: 3\r\n\r\n{}\n"
printf '# For every backend, from the old server with 512 MB.\nproxy_set_header Host $host;\nproxy_buffer_size 2k;\nproxy_buffers 8 4k;\n' >/etc/nginx/snippets/backend-defaults.conf
shop_directive 'proxy_buffers 8 16k;' 'proxy_buffer_size 16k;'
shop_server_directive "location ^~ /account/ { include snippets/backend-defaults.conf; $SHOP_PASS }"
reload_nginx
shop_requests 8 >/dev/null
requests "$SHOP_SITE" /account/orders 24
