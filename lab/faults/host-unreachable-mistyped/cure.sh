sed -i --follow-symlinks 's/10\.88\.0\.12:/10.88.0.2:/' "$SHOP_UPSTREAM_CONF"
reload_nginx
