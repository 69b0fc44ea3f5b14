sed -i --follow-symlinks 's|resolver 127.0.0.1:5354 |resolver |' "$SHOP_CONF"
reload_nginx
