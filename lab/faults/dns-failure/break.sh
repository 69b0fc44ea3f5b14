# The upstream was given a name that no name server knows, and nginx was restarted.
visitors
shop_points_to "checkout.invalid:$SHOP_PORT"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
