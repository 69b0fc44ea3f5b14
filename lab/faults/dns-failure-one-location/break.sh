# The search was renamed in the zone: only its location has a variable with the old name, the rest of the shop works.
visitors
name_server 5353 search-api.internal=127.0.0.1
http_directive 'resolver 127.0.0.1:5353 valid=5s ipv6=off;' 'resolver_timeout 2s;'
shop_location /_search/ "set \$search search.internal; proxy_pass http://\$search:$SPARE_PORT;"
reload_nginx
requests "$SHOP_SITE" /_search/ 20
