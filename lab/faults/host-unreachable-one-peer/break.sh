# A second machine was written into the upstream before it was there; nginx finds nobody at its address and takes the first one.
visitors
remote_backend
shop_with "s/^\([ \t]*\)server ${REMOTE_ADDRESS};/&\n\1server 10.88.0.9:$SHOP_PORT;/"
reload_nginx
shop_requests 60 0.3
