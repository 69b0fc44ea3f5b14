# proxy_pass has a variable and the site a resolver, so that nginx would ask for the name each time; but an upstream block has the very same name, and nginx takes its address from there, which it looked up at the start.
name_server 53 checkout.internal=127.0.0.2
echo "nameserver 127.0.0.1" >/etc/resolv.conf
checkout_moves_to "127.0.0.2:$SHOP_PORT"
printf 'upstream checkout.internal {\n    server checkout.internal:%s;\n}\n' "$SHOP_PORT" >"$(new_site checkout-internal)"
shop_server_directive 'resolver 127.0.0.1 valid=2s ipv6=off;'
shop_passes 'set $backend checkout.internal;' 'proxy_pass http://$backend;'
reload_nginx
visitors
shop_requests 3 >/dev/null
checkout_moves_to "127.0.0.3:$SHOP_PORT"
name_server 53 checkout.internal=127.0.0.3
sleep 2
shop_requests 20
