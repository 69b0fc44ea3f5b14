sed -i --follow-symlinks 's|allow 192.0.2.0/24;|allow 192.0.2.0/24; allow 127.0.0.0/8;|' "$SHOP_CONF"
reload_nginx
