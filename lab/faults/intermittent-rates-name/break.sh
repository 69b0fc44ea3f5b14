# Prices in other currencies come from a service whose name left the zone; one request in eighty asks for one.
name_server 5353 rates-v2.internal=127.0.0.1
shop_location /currency/ "resolver 127.0.0.1:5353 valid=5s ipv6=off; set \$rates rates.internal; proxy_pass http://\$rates:$SPARE_PORT;"
reload_nginx
visitors
shop_requests 75 0.04 &
sleep 1
requests "$SHOP_SITE" /currency/chf 1
wait
