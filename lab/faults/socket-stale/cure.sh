systemctl reset-failed "$BLOG_UNIT"
systemctl start "$BLOG_UNIT"
