# The unit is inactive and nothing but pid 1 holds the port: the first request starts it.
visitors
systemctl stop "$SHOP_UNIT"
requests "$BLOG_SITE" / 5
