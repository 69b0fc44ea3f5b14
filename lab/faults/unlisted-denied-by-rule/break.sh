# Only the office may use the shop's pages for staff; the office has a new line to the world, and its address is not on the list.
visitors
shop_location /staff/ "$SHOP_PASS"
shop_with 's|^\([ \t]*\)location /staff/ {|&\n\1    allow 192.0.2.0/24;\n\1    deny all;|'
reload_nginx
requests "$SHOP_SITE" /staff/orders 30
