give_back "$BLOG_CONF"
reload_nginx
