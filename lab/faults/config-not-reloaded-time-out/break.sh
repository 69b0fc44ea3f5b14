# Usual answers take 1.5 s and the location had 1 s; somebody has raised that in the file and not reloaded nginx.
visitors
checkout_settings APP_DELAY=1.5
shop_timeout read 1
reload_nginx
shop_requests 6 0.3 >/dev/null
sleep 1
shop_with "s|${SHOP_PROTOCOL}_read_timeout 1s;|${SHOP_PROTOCOL}_read_timeout 30s;|"
shop_requests 24 0.3
