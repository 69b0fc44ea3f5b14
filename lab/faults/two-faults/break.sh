# Two faults that have nothing to do with each other: the shop is stopped, and the socket of the blog is closed to nginx.
visitors
systemctl stop "$SHOP_UNIT"
chmod 0600 "$BLOG_SOCK"
chown root:root "$BLOG_SOCK"
shop_requests 50 0.05
requests "$BLOG_SITE" / 10
