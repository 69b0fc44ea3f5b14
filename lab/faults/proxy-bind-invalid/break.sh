# The configuration was copied from another host, its own address in it.
visitors
shop_directive "${SHOP_PROTOCOL}_bind 10.9.9.9;"
reload_nginx
shop_requests 20
