# One of three entries of the upstream block names a port where nobody ever listened; requests that meet it go on to the next.
shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1server 127.0.0.1:$SPARE_PORT;\n\1server $SHOP_ADDRESS weight=2;/"
reload_nginx
visitors
shop_requests 60 0.05
