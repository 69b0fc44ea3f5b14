give_back "$BLOG_DIR/index.php" /etc/nginx/nginx.conf
blog_as_shipped
