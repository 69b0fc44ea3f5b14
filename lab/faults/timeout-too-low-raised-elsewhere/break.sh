# Somebody raised the time-out for all of http to five minutes; the location of the shop still includes a file of defaults with one second, and a page takes two.
visitors
checkout_settings APP_DELAY=2
mkdir -p /etc/nginx/snippets
printf '# Defaults of all APIs.\n%s_buffering on;\n%s_read_timeout 1;\n' "$SHOP_PROTOCOL" "$SHOP_PROTOCOL" >/etc/nginx/snippets/api-defaults.conf
shop_directive 'include snippets/api-defaults.conf;'
http_directive "${SHOP_PROTOCOL}_read_timeout 300s;"
reload_nginx
shop_requests 20 0.4
