sed -i --follow-symlinks '/proxy_bind/d' "$SHOP_CONF"
reload_nginx
