systemctl start "$BLOG_UNIT"
