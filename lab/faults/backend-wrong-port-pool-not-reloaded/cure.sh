systemctl reload "$BLOG_UNIT"
