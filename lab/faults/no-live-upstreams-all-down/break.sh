# After maintenance both servers are still marked down in the configuration; both services run.
visitors
second_checkout
shop_with "s/server \($SHOP_ADDRESS\|$SECOND_ADDRESS\);/server \1 down;/"
reload_nginx
shop_requests 30
