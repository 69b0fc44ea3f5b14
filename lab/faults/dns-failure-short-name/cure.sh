sed -i --follow-symlinks 's|set $backend checkout;|set $backend checkout.shop.internal;|' "$SHOP_CONF"
reload_nginx
