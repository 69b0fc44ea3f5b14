# This morning a release had cookies too large for nginx, and its buffer was raised; now a deployment has stopped the application and broken off before its start.
visitors
ordinary_host
checkout_says "HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nSet-Cookie: session=$(printf 'a%.0s' $(seq 6000)); Path=/\\r\\nContent-Length: 3\\r\\nConnection: close\\r\\n\\r\\n{}\\n"
unnoted=1 shop_requests 12 0.05 >/dev/null
shop_directive 'proxy_buffer_size 16k;' 'proxy_buffers 8 16k;' 'proxy_busy_buffers_size 32k;'
reload_nginx
unnoted=1 shop_requests 12 0.05 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 30
