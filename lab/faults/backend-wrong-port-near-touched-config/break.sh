# The new release listens on a port of its own settings; nginx's file was written anew a moment later by configuration management, with another comment and the old port.
visitors
ordinary_host
checkout_moves_to "127.0.0.1:$SPARE_PORT"
unnoted=1 shop_requests 4 0.05 >/dev/null
sleep 1
keep "$SHOP_CONF"
printf '# Managed by Ansible, run of %s\n' "$(date +%F)" >>"$SHOP_CONF"
shop_requests 30
