# The file that must change is written by Ansible, and reached through a link.
keep "$SHOP_UPSTREAM_CONF"
sed -i --follow-symlinks '1i # Ansible managed: do not edit, your changes will be lost' "$SHOP_UPSTREAM_CONF"
visitors
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_requests 30
