# Somebody shares a file of settings to fail fast, included for all of http: one second, and a usual answer of the shop takes two.
visitors
checkout_settings APP_DELAY=2
mkdir -p /etc/nginx/snippets
printf '# Fail fast: nobody waits for a page.\n%s_connect_timeout 1s;\n%s_read_timeout 1s;\n' "$SHOP_PROTOCOL" "$SHOP_PROTOCOL" >/etc/nginx/snippets/fail-fast.conf
http_directive 'include /etc/nginx/snippets/fail-fast.conf;'
reload_nginx
shop_requests 20 0.4
