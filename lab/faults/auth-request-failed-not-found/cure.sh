sed -i --follow-symlinks "s|proxy_pass http://127.0.0.1:$SPARE_PORT;|proxy_pass http://127.0.0.1:$SPARE_PORT/oauth2/auth;|" "$SHOP_CONF"
reload_nginx
