# A backend at another address, and ufw rejects what goes out to it.
visitors
remote_backend
reload_nginx
requests "$SHOP_SITE" "$SHOP_PATH" 5 >/dev/null
ufw allow 22/tcp >/dev/null
ufw allow 80/tcp >/dev/null
ufw reject out to 10.88.0.2 port "$SHOP_PORT" proto tcp >/dev/null
ufw --force enable >/dev/null
shop_requests 30
