# The same mistake, and nobody has asked nginx to load it yet.
visitors
shop_with "s/server_name $SHOP_SITE;/server_name $SHOP_SITE/"
shop_requests 10
