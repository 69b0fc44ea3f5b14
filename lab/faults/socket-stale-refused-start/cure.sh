give_back "$BLOG_POOL_CONF"
systemctl reset-failed "$BLOG_UNIT"
systemctl start "$BLOG_UNIT"
