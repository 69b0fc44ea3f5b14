# The broken file on disk hurts nobody yet: what fails is the stopped service.
visitors
shop_with "s/server_name $SHOP_SITE;/server_name $SHOP_SITE/"
systemctl stop "$SHOP_UNIT"
shop_requests 30
