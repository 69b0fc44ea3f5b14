# A time-out that is too low, on a host whose upstream block sets keepalive without effect and whose certificate ends in a week.
visitors
openssl req -x509 -newkey rsa:2048 -nodes -days 6 -subj "/CN=$SHOP_SITE" -keyout /etc/nginx/lab.key -out /etc/nginx/lab.pem 2>/dev/null
shop_server_directive "listen $SPARE_PORT ssl;" "ssl_certificate /etc/nginx/lab.pem;" "ssl_certificate_key /etc/nginx/lab.key;"
shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1keepalive 8;/"
checkout_settings APP_DELAY=1.5
shop_timeout read 1
reload_nginx
shop_requests 24 0.3
