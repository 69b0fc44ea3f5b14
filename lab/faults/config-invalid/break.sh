# A semicolon is missing and nginx was restarted: it did not come back.
visitors
shop_with "s/server_name $SHOP_SITE;/server_name $SHOP_SITE/"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
