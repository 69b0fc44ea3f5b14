systemctl restart "$BLOG_UNIT"
