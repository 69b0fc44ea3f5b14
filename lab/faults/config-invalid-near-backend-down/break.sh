# The broken file on disk hurts nobody yet: what fails is the stopped service.
visitors
shop_with "s|$(plain_text "$SHOP_PASS")\$|${SHOP_PASS%;}|"
systemctl stop "$SHOP_UNIT"
shop_requests 30
