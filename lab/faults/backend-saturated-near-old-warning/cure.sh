rm -f "$BLOG_DIR/report.php"
give_back "$BLOG_DIR/index.php" /etc/nginx/snippets/fastcgi-php.conf
blog_as_shipped
