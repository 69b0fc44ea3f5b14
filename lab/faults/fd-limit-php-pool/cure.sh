give_back "$BLOG_POOL_CONF"
systemctl restart "$BLOG_UNIT"
