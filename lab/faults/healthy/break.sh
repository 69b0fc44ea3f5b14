shop_requests 10
requests "$BLOG_SITE" / 10
requests "$WWW_SITE" / 10
