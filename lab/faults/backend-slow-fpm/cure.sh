rm -f "$BLOG_DIR/index.php.late"
give_back "$BLOG_DIR/index.php"
blog_as_shipped
